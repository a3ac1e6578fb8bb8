import * as vscode from 'vscode';
import type { Fix } from '../assist/fix.js';
import { isRecord } from '../platform/json.js';
import type { CommandServices } from './services.js';

/** Shows a change of a document beside the document. */
export async function previewFix({ editor }: CommandServices, uri: unknown, version: unknown, fix: unknown): Promise<void> {
  if (typeof uri !== 'string' || typeof version !== 'number' || !isFix(fix)) return;
  await (await editor.assistance()).previews.open(vscode.Uri.parse(uri), version, fix);
}

/** Makes the change that is shown. */
export async function applyPreview({ editor }: CommandServices, uri: unknown): Promise<void> {
  await (await editor.assistance()).previews.apply(uri instanceof vscode.Uri ? uri : undefined);
}

const isFix = (value: unknown): value is Fix =>
  isRecord(value) && typeof value['title'] === 'string' && Array.isArray(value['edits']) && Array.isArray(value['notes']);
