/** URI scheme of the read-only documents that show an exchange. */
export const EXCHANGE_SCHEME = 'call-doctor';

/** Their language: JSON that wraps, since the message of a denial is one long line. */
export const EXCHANGE_LANGUAGE = 'genesys-exchange';
