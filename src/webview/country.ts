const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' });

/** The name of a country by its ISO 3166-1 code; what is no code stays as it is. */
export const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (COUNTRIES.of(code) ?? code) : code);
