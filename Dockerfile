# One image for every program; each container names its own in `args`. Built by `npm run image`, or by any builder.
# Two targets: `inventory`, and `with-driftctl`, the same with driftctl and its AWS provider (`npm run image -- --driftctl`).
# The final base needs nothing but Node as its entrypoint: no shell, no package manager.
ARG BUILD_BASE=docker.io/library/node:24-bookworm-slim
ARG BASE=gcr.io/distroless/nodejs24-debian12:nonroot
ARG GO_BASE=docker.io/library/golang:1.26-bookworm

FROM ${BUILD_BASE} AS build
# A registry other than npm's own; an argument of a build stage does not reach the image.
ARG npm_config_registry
WORKDIR /source
# Before the sources: the packages are fetched again only when these change. Nothing of a package is run, but esbuild's binary.
COPY package.json package-lock.json ./
RUN ["npm", "install", "--no-save", "--no-fund", "--no-audit", "--ignore-scripts", "--loglevel=error"]
COPY . ./
RUN ["node", "build/bundle.mjs", "/app"]

FROM ${BASE} AS inventory
# Of the sources, as `npm run image` passes them on.
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="aws-inventory-orchestrator" \
      org.opencontainers.image.description="Sweeps every account of an AWS Organization; one Job per account" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /app /app
COPY --from=build /source/LICENSE /app/LICENSE
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

FROM inventory AS with-driftctl
COPY --from=driftctl /opt/driftctl /opt/driftctl
