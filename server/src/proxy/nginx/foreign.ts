import { wordSet } from '../wordSet.js';

/** Directives of the commercial edition: open-source nginx says "unknown directive". */
export const commercialDirectives = wordSet(`
  api auth_jwt auth_jwt_claim_set auth_jwt_header_set auth_jwt_key_cache auth_jwt_key_file auth_jwt_key_request
  auth_jwt_leeway auth_jwt_require auth_jwt_type auth_oidc f4f f4f_buffer_size hls hls_buffers hls_forward_args
  hls_fragment hls_mp4_buffer_size hls_mp4_max_buffer_size health_check health_check_timeout internal_redirect
  keyval keyval_zone least_time license_token match mqtt mqtt_preread ntlm oidc_provider otel_exporter
  proxy_protocol_vendor queue session_log session_log_format session_log_zone state status status_format
  status_zone sticky_cookie_insert usage_report upstream_conf zone_sync zone_sync_buffers zone_sync_server
`);

/** How directives of well-known modules begin that an image may bring along: OpenResty, njs, Brotli, GeoIP2 and the like. */
const modulePrefixes: readonly string[] = [
  'accept_by_lua',
  'access_by_lua',
  'acme_',
  'auth_ldap',
  'auth_pam',
  'aio_',
  'balancer_by_lua',
  'body_filter_by_lua',
  'brotli',
  'cache_purge',
  'check',
  'content_by_lua',
  'dav_ext_',
  'drizzle_',
  'echo',
  'encrypted_session_',
  'exit_worker_by_lua',
  'fancyindex',
  'fair',
  'geoip2',
  'header_filter_by_lua',
  'init_by_lua',
  'init_worker_by_lua',
  'js_',
  'log_by_lua',
  'lua_',
  'memc_',
  'modsecurity',
  'more_',
  'nchan_',
  'opentelemetry',
  'opentracing',
  'otel_',
  'pagespeed',
  'passenger_',
  'perl',
  'preread_by_lua',
  'push_stream_',
  'real_ip_',
  'redis2_',
  'require-lua',
  'rewrite_by_lua',
  'rtmp',
  'set_by_lua',
  'server_rewrite_by_lua',
  'set_escape_uri',
  'set_form_input',
  'set_md5',
  'set_misc',
  'set_unescape_uri',
  'srcache_',
  'ssl_certificate_by_lua',
  'ssl_client_hello_by_lua',
  'ssl_session_fetch_by_lua',
  'ssl_session_store_by_lua',
  'subs_filter',
  'testcookie',
  'upload_',
  'uploadprogress',
  'upsync',
  'vhost_traffic_status',
  'vod_',
  'xss_',
  'zstd',
];

const moduleDirectives: ReadonlySet<string> = new Set([
  'application',
  'live',
  'push',
  'pull',
  'exec',
  'fair',
  'jvm_route',
  'track_uploads',
]);

/** Whether a directive comes from a module that nginx does not carry itself. */
export function isModuleDirective(name: string): boolean {
  return moduleDirectives.has(name) || modulePrefixes.some((prefix) => name.startsWith(prefix));
}
