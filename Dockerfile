# One image for every program; each container names its own in `args`. Built by `npm run image`, or by any builder.
# Three targets: `with-driftctl`, the last and so the default, has driftctl and its AWS provider; `inventory` has our own programs alone;
# `with-shell` is the first one on a base with a shell. The other bases need nothing but Node as their entrypoint: no shell, no package
# manager.
ARG BUILD_BASE=docker.io/library/node:24-bookworm-slim
ARG BASE=gcr.io/distroless/nodejs24-debian12:nonroot
ARG GO_BASE=docker.io/library/golang:1.26-bookworm
ARG SHELL_BASE=docker.io/library/node:24-bookworm-slim

FROM ${BUILD_BASE} AS build
# A registry other than npm's own; an argument of a build stage does not reach the image.
ARG npm_config_registry
WORKDIR /source
# Before the sources: the packages are fetched again only when these change. Nothing of a package is run, but esbuild's binary.
COPY package.json package-lock.json ./
RUN ["npm", "install", "--no-save", "--no-fund", "--no-audit", "--ignore-scripts", "--loglevel=error"]
COPY . ./
# Of the sources' commit, for the times of the files: the same sources give the same layers.
ARG SOURCE_DATE_EPOCH=0
RUN ["node", "build/image-app.mjs", "/image"]

FROM ${BASE} AS inventory
# Of the sources, as `npm run image` passes them on.
ARG VERSION=unknown
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="aws-inventory-orchestrator" \
      org.opencontainers.image.description="Sweeps every account of an AWS Organization; one Job per account" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /image /
WORKDIR /app
# By number, so that runAsNonRoot can be checked without a user of this name.
USER 65532:65532
# No ENTRYPOINT: the base's own is node (or falls back to it), wherever it lies. Without arguments it is the command's help.
CMD ["/app/aws-inventory.mjs", "--help"]

# After the target above: builders that know no other way build every stage before the one that is asked for.
FROM ${GO_BASE} AS driftctl
# A proxy other than Go's own; an argument of a build stage does not reach the image.
ARG GOPROXY
WORKDIR /source
COPY build/driftctl ./
# Static programs, and their licences. Needs 4 GB, and ten minutes on two cores.
RUN ["sh", "build.sh", "/opt/driftctl"]

# With a bill of what Go has put into them.
FROM build AS driftctl-files
COPY --from=driftctl /opt/driftctl /driftctl/opt/driftctl
RUN ["node", "build/image-driftctl.mjs", "/driftctl"]

# For those who script it: `aws-inventory` is on the PATH.
FROM ${SHELL_BASE} AS with-shell
ARG VERSION=unknown
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="aws-inventory-orchestrator" \
      org.opencontainers.image.description="Sweeps every account of an AWS Organization; one Job per account" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /image /
COPY --from=driftctl-files /driftctl /
RUN ["ln", "-s", "/app/aws-inventory.mjs", "/usr/local/bin/aws-inventory"]
WORKDIR /app
USER 65532:65532
CMD ["sh"]

FROM inventory AS with-driftctl
COPY --from=driftctl-files /driftctl /
