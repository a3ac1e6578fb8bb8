/** The beginnings of numbers among what somebody wrote into a list: `+1 900` is `+1900`. What is none is left out. */
export const refusedPrefixes = (written: unknown): string[] =>
  Array.isArray(written)
    ? written.flatMap((w) => (typeof w === 'string' && /^\s*\+[\d\s().-]*\d[\d\s().-]*$/.test(w) ? [`+${w.replace(/\D/g, '')}`] : []))
    : [];
