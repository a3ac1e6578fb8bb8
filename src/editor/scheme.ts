/** URI scheme of the read-only documents that show an exchange. */
export const EXCHANGE_SCHEME = 'call-doctor';
