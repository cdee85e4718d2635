/** Whether a host or an address is this machine's own, which no other can reach. */
export function isLoopback(host: string): boolean {
  return /^(localhost|::1|(::ffff:)?127(\.\d{1,3}){3})$/i.test(host);
}
