# Zeren's site. `compose.yaml` runs it beside Neo4j; alone it keeps its library in /library.
FROM python:3.11-slim
ENV PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 ZEREN_STORE=/library XDG_STATE_HOME=/state
WORKDIR /zeren
COPY requirements.txt ./
RUN python -m pip install --require-hashes --no-deps -r requirements.txt
COPY . .
RUN python -m pip install --no-deps . && rm -rf /zeren/*
# /state holds the key by which this machine knows its own index again.
RUN useradd --system --home-dir /library zeren && mkdir /library /state && chown zeren /library /state
USER zeren
VOLUME /library /state
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# ZEREN_NAME: the names by which colleagues reach it, parted by blanks (docs/serving.md).
CMD ["zeren", "serve", "--host", "0.0.0.0"]
