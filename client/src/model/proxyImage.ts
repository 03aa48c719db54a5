/** By its name, and only for what is offered; what really runs is looked at when it matters. */
export function isProxyImage(image: string | undefined): boolean {
  return /nginx|haproxy|openresty/i.test(image ?? '');
}
