/** A part of an exchange that went before, as REST clients write it: `{{login.response.body.access_token}}`. */
const OF_EXCHANGE = /^\{\{\s{0,9}([\w-]{1,100})\.(response|request)\.(?:body|headers)(?:\.|\[|\s{0,9}\}\})/;

/** How a REST client fills in a `{{…}}` by itself, in the end of a sentence; nothing for names that a file or an environment defines. */
export function filledByRestClient(text: string): string | undefined {
  const [, name, part] = OF_EXCHANGE.exec(text) ?? [];
  if (name !== undefined) return `from the ${part === 'response' ? 'answer of the request' : 'request'} named “${name}”, which has to be sent before`;
  return /^\{\{\s{0,9}\$/.test(text) ? 'when the request is sent' : undefined;
}
