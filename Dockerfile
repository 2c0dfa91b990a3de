# npm ci and the build, and nothing else. Debian: the embedded PostgreSQL and argon2 bring glibc binaries.
FROM node:20-bookworm-slim AS build
WORKDIR /tributary
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
ENV NODE_ENV=production TRIBUTARY_HOST=0.0.0.0 TRIBUTARY_DATA_DIR=/data
WORKDIR /tributary
COPY --from=build /tributary/package.json ./
COPY --from=build /tributary/node_modules node_modules
COPY --from=build /tributary/dist dist
COPY --from=build /tributary/bin bin
RUN install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 4600
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.TRIBUTARY_PORT || 4600) + '/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/tributary"]
CMD ["start"]
