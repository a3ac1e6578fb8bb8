import { html, type TemplateResult } from 'lit';

/** Paths and permissions, which have no spaces, may break after a slash or a colon. */
export const breakable = (text: string): readonly TemplateResult[] => text.split(/(?<=[/:])/).map((part) => html`${part}<wbr>`);

/** Keeps the groups of a phone number on one line. */
export const unbroken = (text: string): string => text.replace(/(?<=\d) (?=\d)/g, '\u00a0');
