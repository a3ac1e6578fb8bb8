const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Percent-encodes all but RFC 3986's unreserved characters, as curl does; half a surrogate pair becomes U+FFFD. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATE, '\ufffd')).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The same for a part of a query, with placeholders (`{{x}}`, `<X>`, `${X}`) left as they are. */
export function encodeQueryPart(text: string): string {
  return text.replace(/[^\w.~{}$<>:@/,-]+/g, percentEncode);
}
