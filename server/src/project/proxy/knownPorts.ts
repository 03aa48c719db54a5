/** What well-known images listen on when nothing tells them otherwise, by the last part of their name; tags where they decide. */
const table: readonly (readonly [image: RegExp, ports: readonly number[], tag?: RegExp])[] = [
  [/^(?:nginx|httpd|caddy|traefik|openresty|wordpress|nextcloud|whoami|echo-server|phpmyadmin|adminer)$/, [80]],
  [/^(?:wordpress|nextcloud|php)$/, [9000], /fpm/],
  [/^php$/, [80], /apache/],
  [/^nginx-unprivileged$/, [8080]],
  [/^adminer$/, [8080]],
  [/^(?:postgres|postgis|pgvector|timescaledb)$/, [5432]],
  [/^(?:mysql|mariadb|percona)$/, [3306]],
  [/^(?:redis|valkey|redis-stack-server|keydb|dragonfly)$/, [6379]],
  [/^redis-stack$/, [6379, 8001]],
  [/^memcached$/, [11211]],
  [/^mongo$/, [27017]],
  [/^rabbitmq$/, [5672, 15672]],
  [/^(?:elasticsearch|opensearch)$/, [9200, 9300]],
  [/^(?:kibana|opensearch-dashboards)$/, [5601]],
  [/^grafana(?:-oss|-enterprise)?$/, [3000]],
  [/^prometheus$/, [9090]],
  [/^alertmanager$/, [9093]],
  [/^loki$/, [3100]],
  [/^minio$/, [9000, 9001]],
  [/^qdrant$/, [6333, 6334]],
  [/^ollama$/, [11434]],
  [/^vllm-openai$/, [8000]],
  [/^text-generation-inference$/, [80]],
  [/^tritonserver$/, [8000, 8001, 8002]],
  [/^open-webui$/, [8080]],
  [/^(?:tomcat|jetty|keycloak|jenkins)$/, [8080]],
  [/^(?:n8n)$/, [5678]],
  [/^portainer(?:-ce)?$/, [9000, 9443]],
  [/^registry$/, [5000]],
  [/^influxdb$/, [8086]],
  [/^chroma$/, [8000]],
];

/** The ports an image listens on by its own; empty where it is not known. `repository` and `tag` as in its reference. */
export function knownPorts(repository: string, tag = ''): readonly number[] {
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  const rows = table.filter(([image]) => image.test(name));
  const byTag = rows.find(([, , tags]) => tags?.test(tag));
  return (byTag ?? rows.find(([, , tags]) => tags === undefined))?.[1] ?? [];
}
