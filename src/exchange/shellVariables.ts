import type { Region } from './region.js';

/**
 * The texts of a cURL command that its shell fills in: `$REGION` outside of single quotes, `%REGION%` of cmd. One that is a variable at
 * one place counts as one everywhere. Nothing for other forms.
 */
export function shellVariables({ shell, url, headers, body }: Region): ReadonlySet<string> {
  const parts = [url, body, ...headers.map((h) => h.value)].filter((p) => p !== undefined);
  return new Set(parts.flatMap((p) => (shell === 'cmd' ? (p.text.match(/%[A-Za-z_]\w*%/g) ?? []) : [...p.variables()])));
}
