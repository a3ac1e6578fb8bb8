import * as vscode from 'vscode';
import type { Finding } from '../diagnosis/model.js';
import { escapeMarkdown, SIGNS } from '../diagnosis/report.js';

/** A finding with its evidence. Texts may come from the platform or a file, so they are escaped and no link is trusted. */
export function findingHover(f: Finding): vscode.MarkdownString {
  const hover = new vscode.MarkdownString('', true);
  hover.appendMarkdown(`**${SIGNS[f.verdict]} ${escapeMarkdown(f.title)}**  \n\`${f.cause}\` · ${f.verdict}\n\n`);
  for (const e of f.because) hover.appendMarkdown(`- *${e.source}*: ${escapeMarkdown(e.fact)}\n`);
  if (f.fix.length > 0) hover.appendMarkdown(`\n${f.fix.map((fix) => `$(arrow-right) ${escapeMarkdown(fix)}`).join('\n\n')}\n`);
  return hover;
}
