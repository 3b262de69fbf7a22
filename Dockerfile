# The pages for an office's own server; how to run it: docs/running.md, deploy/compose.yaml.
# One stage: every library comes as a finished wheel, so there is no compiler to leave behind.
ARG BASE=python:3.11-slim
FROM ${BASE}

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    KONGTHUN_HISTORY=/history

# A fixed uid: the secrets and the history are given to it on the host.
RUN groupadd --gid 10001 kongthun \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin kongthun \
 && install -d -m 0755 /data \
 && install -d -m 0700 -o kongthun -g kongthun /history

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --only-binary :all: -r requirements.txt

# Owned by root and only readable: the process cannot change its own code.
COPY app.py ./
COPY .streamlit/config.toml ./.streamlit/
COPY pages ./pages
COPY services ./services
COPY sheets_schema ./sheets_schema
COPY static ./static
RUN python -m compileall -q app.py pages services sheets_schema && chmod -R a+rX,go-w .

# /data: the workbooks (mount read-only). /history: what the product keeps; its user only.
VOLUME ["/data", "/history"]
USER 10001:10001
EXPOSE 8501

HEALTHCHECK --interval=30s --timeout=6s --start-period=120s --retries=3 \
  CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8501, timeout=5); c.request('GET', '/_stcore/health'); raise SystemExit(c.getresponse().status != 200)"]

# Beyond this machine the app starts only with login: .streamlit/secrets.toml is mounted, never copied.
# browser.serverAddress: otherwise Streamlit asks a stranger on the internet for its own address at each start.
CMD ["python", "-m", "streamlit", "run", "pages/_ui/server.py", "--server.address", "0.0.0.0", "--server.port", "8501", "--browser.serverAddress", "localhost"]
