import { TOKEN_VARIABLE } from '../../exchange/writeCurl.js';
import type { WrittenCall } from '../writtenCall.js';

/** What stands for a secret where it is not to stand itself. */
export interface SecretValue {
  /** Of the variable. */
  readonly name: string;
  readonly text: string;
  /** Those of the text that the shell is to fill in. */
  readonly variables: readonly string[];
}

/** A variable of the environment as the form of a call writes it. */
export function secretValue({ region }: WrittenCall, name: string): SecretValue {
  if (region.form === 'curl') {
    const text = region.shell === 'cmd' ? `%${name}%` : region.shell === 'powershell' ? `$env:${name}` : `$${name}`;
    return { name, text, variables: region.shell === 'cmd' ? [] : [text] };
  }
  // The REST client's own name for a variable of the environment.
  if (region.form === 'http') return { name, text: `{{$processEnv ${name}}}`, variables: [] };
  return { name, text: region.form === 'har' ? '…' : `{{${name}}}`, variables: [] };
}

/** What stands for the token; nothing in forms that no shell and no client fills in. */
export const tokenValue = (call: WrittenCall): SecretValue | undefined =>
  call.region.form === 'curl' || call.region.form === 'http' ? secretValue(call, TOKEN_VARIABLE) : undefined;
