/** URI scheme of the read-only documents that show an exchange. */
export const EXCHANGE_SCHEME = 'call-doctor';

/** Their folder, by which package.json gives them their language: JSON that wraps, since the message of a denial is one long line. */
export const EXCHANGE_FOLDER = '/call-doctor-exchange';
