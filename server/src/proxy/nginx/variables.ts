import { wordSet } from '../wordSet.js';

/** The variables nginx itself defines. A name that ends in `_` stands for every name that starts so, as `$http_x_real_ip`. */
export const builtInVariables: Readonly<Record<'http' | 'stream', ReadonlySet<string>>> = {
  http: wordSet(`
  ancient_browser arg_ args binary_remote_addr body_bytes_sent bytes_sent connection connection_requests
  connection_time connections_active connections_reading connections_waiting connections_writing content_length
  content_type cookie_ date_gmt date_local document_root document_uri fastcgi_path_info fastcgi_script_name
  geoip_area_code geoip_city geoip_city_continent_code geoip_city_country_code geoip_city_country_code3
  geoip_city_country_name geoip_country_code geoip_country_code3 geoip_country_name geoip_dma_code
  geoip_latitude geoip_longitude geoip_org geoip_postal_code geoip_region geoip_region_name
  grpc_internal_trailers gzip_ratio host hostname http2 http3 http_ http_cookie http_host http_referer
  http_user_agent http_via http_x_forwarded_for https invalid_referer is_args is_request_port limit_conn_status
  limit_rate limit_req_status memcached_key modern_browser msec msie nginx_version pid proxy_add_via
  proxy_add_x_forwarded_for proxy_host proxy_internal_body_length proxy_internal_chunked proxy_port
  proxy_protocol_addr proxy_protocol_port proxy_protocol_server_addr proxy_protocol_server_port
  proxy_protocol_tlv_ query_string realip_remote_addr realip_remote_port realpath_root remote_addr remote_port
  remote_user request request_body request_body_file request_completion request_filename request_id
  request_length request_method request_port request_time request_uri scheme secure_link secure_link_expires
  sent_http_ sent_http_cache_control sent_http_connection sent_http_content_length sent_http_content_type
  sent_http_keep_alive sent_http_last_modified sent_http_link sent_http_location sent_http_transfer_encoding
  sent_trailer_ server_addr server_name server_port server_protocol slice_range ssl_alpn_protocol ssl_cipher
  ssl_ciphers ssl_client_cert ssl_client_escaped_cert ssl_client_fingerprint ssl_client_i_dn
  ssl_client_i_dn_legacy ssl_client_raw_cert ssl_client_s_dn ssl_client_s_dn_legacy ssl_client_serial
  ssl_client_sigalg ssl_client_v_end ssl_client_v_remain ssl_client_v_start ssl_client_verify ssl_curve
  ssl_curves ssl_early_data ssl_ech_outer_server_name ssl_ech_status ssl_protocol ssl_server_name ssl_session_id
  ssl_session_reused ssl_sigalg ssl_sigalgs status tcpinfo_rcv_space tcpinfo_rtt tcpinfo_rttvar tcpinfo_snd_cwnd
  time_iso8601 time_local uid_got uid_reset uid_set upstream_addr upstream_bytes_received upstream_bytes_sent
  upstream_cache_etag upstream_cache_last_modified upstream_cache_status upstream_connect_time upstream_cookie_
  upstream_header_time upstream_http_ upstream_response_length upstream_response_time upstream_status
  upstream_trailer_ uri
  `),
  stream: wordSet(`
  binary_remote_addr bytes_received bytes_sent connection geoip_area_code geoip_city geoip_city_continent_code
  geoip_city_country_code geoip_city_country_code3 geoip_city_country_name geoip_country_code
  geoip_country_code3 geoip_country_name geoip_dma_code geoip_latitude geoip_longitude geoip_org
  geoip_postal_code geoip_region geoip_region_name hostname limit_conn_status msec nginx_version pid protocol
  proxy_protocol_addr proxy_protocol_port proxy_protocol_server_addr proxy_protocol_server_port
  proxy_protocol_tlv_ realip_remote_addr realip_remote_port remote_addr remote_port server_addr server_name
  server_port session_time ssl_alpn_protocol ssl_cipher ssl_ciphers ssl_client_cert ssl_client_escaped_cert
  ssl_client_fingerprint ssl_client_i_dn ssl_client_raw_cert ssl_client_s_dn ssl_client_serial ssl_client_sigalg
  ssl_client_v_end ssl_client_v_remain ssl_client_v_start ssl_client_verify ssl_curve ssl_curves
  ssl_ech_outer_server_name ssl_ech_status ssl_preread_alpn_protocols ssl_preread_protocol
  ssl_preread_server_name ssl_protocol ssl_server_name ssl_session_id ssl_session_reused ssl_sigalg ssl_sigalgs
  status time_iso8601 time_local upstream_addr upstream_bytes_received upstream_bytes_sent upstream_connect_time
  upstream_first_byte_time upstream_session_time
  `),
};

export function isBuiltInVariable(name: string, where: 'http' | 'stream'): boolean {
  const known = builtInVariables[where];
  if (known.has(name) || /^\d$/.test(name)) return true;
  for (let at = name.indexOf('_'); at >= 0; at = name.indexOf('_', at + 1)) {
    if (known.has(name.slice(0, at + 1)) && at + 1 < name.length) return true;
  }
  return false;
}

/** The variables a text uses, as `$name` or `${name}`, with where they stand in it; of `$10` nginx reads `$1`. */
export function* variablesIn(
  text: string,
): Generator<{ readonly name: string; readonly start: number; readonly end: number }> {
  for (const match of text.matchAll(/\$(?:\{([A-Za-z0-9_]+)\}|([1-9]|[A-Za-z0-9_]+))/g)) {
    yield { name: match[1] ?? match[2] ?? '', start: match.index, end: match.index + match[0].length };
  }
}
