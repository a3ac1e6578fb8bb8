/**
 * A test for `METHOD /template`, after patterns of that form: a method may be `*`, and a template may end in `*`.
 * `* /api/v2/conversations/*` is everything under conversations.
 */
export function operationMatcher(patterns: readonly string[]): (operation: string) => boolean {
  const tests = patterns.map((pattern) => {
    const space = pattern.indexOf(' ');
    const [method, template] = [pattern.slice(0, space), pattern.slice(space + 1)];
    const start = template.endsWith('*') ? template.slice(0, -1) : undefined;
    return (operation: string): boolean => {
      const at = operation.indexOf(' ');
      if (method !== '*' && operation.slice(0, at) !== method) return false;
      return start === undefined ? operation.slice(at + 1) === template : operation.startsWith(start, at + 1);
    };
  });
  return (operation) => tests.some((test) => test(operation));
}
