# syntax=docker/dockerfile:1

FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

# What runs needs neither the tools nor the embedded PostgreSQL: a container is given DATABASE_URL.
FROM node:22-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY workflows ./workflows
COPY starter ./starter
COPY docker/relay.js ./docker/relay.js
# The only folder that Weir writes to: clones of repositories, and the example.
RUN mkdir .weir && chown node:node .weir
USER node
VOLUME /app/.weir

# Without authentication Weir listens on the loopback address only, as everyone who reaches it acts as admin. In a
# container that is the container's own loopback, which a published port does not reach. Two ways lead in:
# compose.yaml (a relay in the same network namespace, published on the host's loopback only), or, on Linux,
#   docker run --network host -e DATABASE_URL=postgres://… weir
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://localhost:${process.env.PORT || 4000}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js", "serve"]
