# Zeren's site. `compose.yaml` runs it beside Neo4j; alone it keeps its library in /library.
FROM python:3.11-slim
ENV PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 ZEREN_STORE=/library
WORKDIR /zeren
COPY requirements.txt ./
RUN python -m pip install --require-hashes --no-deps -r requirements.txt
COPY . .
RUN useradd --system zeren && mkdir /library && chown zeren /library
USER zeren
VOLUME /library
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/', timeout=4)"]
CMD ["python", "-m", "zeren", "serve", "--host", "0.0.0.0"]
