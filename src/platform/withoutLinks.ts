/**
 * A text of the platform or a file as a notification may show it. VS Code makes links of `[label](address)` in notifications, and one
 * to `command:` runs a command when it is clicked: with a space between the two, it stays text (DESIGN §8).
 */
export const withoutLinks = (text: string): string => text.replaceAll('](', '] (');
