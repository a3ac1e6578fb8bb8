import type { OrgFault } from '../org/orgFile.js';

/** The fault that an org has for an operation. `operation` is method and template. */
export const faultFor = (faults: readonly OrgFault[], operation: string): OrgFault | undefined => faults.find((f) => f.operations.includes(operation));

/** What a proxy between caller and platform says: HTML, and none of the platform's headers. */
export const proxyAnswer = (): Response =>
  new Response(
    `<!DOCTYPE html>
<html lang="en">
<head><title>403 Forbidden</title></head>
<body>
<h1>Access denied</h1>
<p>The proxy of your company has blocked this request. Policy: telephony-apis.</p>
<hr><address>sandbox-proxy.example</address>
</body>
</html>
`,
    { status: 403, headers: { 'Content-Type': 'text/html; charset=utf-8', Server: 'sandbox-proxy' } },
  );

const HUGE = 20_000_000;

/** The body of a real answer, padded to the size that the fault says. Stays valid JSON. */
export function padded(body: string, fault: OrgFault): string {
  const padding = 'x'.repeat(Math.max(0, (fault.bytes ?? HUGE) - body.length - 14));
  return body.startsWith('{') && body !== '{}' ? `{"padding":"${padding}",${body.slice(1)}` : `{"padding":"${padding}"}`;
}

/** How long a slow answer takes, unless the fault says. */
export const SLOW_MILLISECONDS = 15_000;
