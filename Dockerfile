FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:24-slim
ENV NODE_ENV=production \
    FLOWLEDGER_HOST=0.0.0.0 \
    FLOWLEDGER_DATA_DIR=/data \
    FLOWLEDGER_LOG_FORMAT=json
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY docs/events/asyncapi.json ./docs/events/
COPY package.json LICENSE ./
COPY scripts/verify-audit-bundle.mjs ./scripts/
RUN mkdir --mode=0700 /data /keys && chown node:node /data /keys
VOLUME ["/data", "/keys"]
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/apps/standalone/src/main.js"]
