// Finding the calls of a text: a 2,000-line script with 50 cURL commands, and a payload of 237 KB.
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** Forty lines of a script around one call. */
const step = (i) =>
  [
    `# step ${i}: curl https://h/comment -d '{}'`,
    `log "calling ${i}"`,
    'RESPONSE=$(curl -sS -X POST "https://api.mypurecloud.com/api/v2/conversations/calls" \\',
    '  -H "Authorization: Bearer $TOKEN" \\',
    "  -H 'Content-Type: application/json' \\",
    i % 2 === 0 ? `  -d '{` : `  -d "{`,
    ...[
      `"phoneNumber": "+1317555014${i % 10}",`,
      '"callFromQueueId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",',
      '"label": "O\\"Brien",',
      '"attributes": {',
      '"a": "b"',
      '}',
    ].map((line) => `    ${i % 2 === 0 ? line : line.replace(/["\\]/g, '\\$&')}`),
    i % 2 === 0 ? "  }')" : '  }")',
    ...Array.from({ length: 27 }, (_, n) => `if [ "$X" = ${n} ]; then echo "it's $n" | tee -a "$LOG"; fi # nothing to see`),
  ].join('\n');

/** 2,000 lines with 50 calls. */
export const script = Array.from({ length: 50 }, (_, i) => step(i)).join('\n');

/** @returns a row: what, our time, and what of */
export function regionsRow(findRegions) {
  const attributes = Object.fromEntries(Array.from({ length: 4225 }, (_, i) => [`key${i}`, `a value with "quotes" and number ${i}`]));
  const payload = JSON.stringify({ phoneNumber: '+13175550142', attributes }, null, 2);
  const found = findRegions(script, { languageId: 'shellscript' }).regions.length;
  if (found !== 50) throw new Error(`${found} calls were found`);
  const time = (text, hint) => {
    const runs = Array.from({ length: 101 }, () => {
      const start = performance.now();
      findRegions(text, hint);
      return performance.now() - start;
    });
    return `${median(runs).toFixed(2)} ms`;
  };
  const lines = script.split('\n').length;
  return [
    `regions: ${lines} lines with 50 cURLs`,
    time(script, { languageId: 'shellscript' }),
    `payload of ${Math.round(payload.length / 1024)} KB: ${time(payload, { fileName: 'a.call.json' })}; quoted in cURL: ${time(`curl https://h/p -d '${payload}'`, { languageId: 'shellscript' })}`,
  ];
}
