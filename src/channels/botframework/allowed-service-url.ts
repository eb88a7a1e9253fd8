/** Hosts of Microsoft's public connectors. `.x` means any host below x. `trafficmanager.net` is open to everybody: one host of it only. */
export const publicConnectors = ['.botframework.com', 'smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'];

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether answers may be posted to this address. `hosts` entries: `host`, `host:port`, or `.domain` for every host below it.
 * Plain http only to this machine.
 */
export function isAllowedServiceUrl(serviceUrl: string, hosts: readonly string[]): boolean {
  let url: URL;
  try {
    url = new URL(serviceUrl);
  } catch {
    return false;
  }
  if (url.username || url.password) return false;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.has(url.hostname))) return false;
  return hosts.some((host) =>
    host.startsWith('.') ? url.hostname.endsWith(host) && !url.port : host === url.host || host === url.hostname,
  );
}

/** Whether an address is on this machine, on any port: all that the open development door may talk to. */
export const isLoopback = (serviceUrl: string): boolean => isAllowedServiceUrl(serviceUrl, [...loopback]);
