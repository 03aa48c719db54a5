/** A Compose file of so many services, the same one at each call; with `anchors` every service merges a common mapping. */
export function composeText(services: number, anchors: boolean): string {
  const common = 'x-common: &common\n  restart: unless-stopped\n  logging:\n    driver: json-file\n\n';
  const entries = Array.from({ length: services }, (_, i) => service(i, anchors));
  return `${anchors ? common : ''}services:\n${entries.join('')}networks:\n  front: {}\nvolumes:\n  data: {}\n`;
}

function service(i: number, anchors: boolean): string {
  const name = `app-${String(i).padStart(4, '0')}`;
  const before = i === 0 ? '' : `    depends_on: [app-${String(i - 1).padStart(4, '0')}]\n`;
  return `  ${name}:
${anchors ? '    <<: *common\n' : ''}    image: example.org/team/${name}:1.${i % 20}.3
    command: ["serve", "--port", "8080"]
${before}    environment:
      LOG_LEVEL: info
      PORT: "8080"
      PEER: http://${name}:8080/
    ports:
      - "127.0.0.1:${10000 + i}:8080"
    volumes:
      - data:/var/lib/app
    networks: [front]
    healthcheck:
      test: ["CMD", "wget", "-qO-", "http://localhost:8080/health"]
      interval: 30s
      timeout: 5s
      retries: 3
    deploy:
      resources:
        limits: { cpus: "0.50", memory: 256M }
`;
}
