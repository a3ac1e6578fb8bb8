/** Where the page's parts are; every address is one the webview may load (`webview.asWebviewUri`). */
export interface FormPage {
  readonly cspSource: string;
  /** Random and new for every page. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly codicons: string;
}

/** The shell of the call form: nothing inline, nothing from elsewhere (DESIGN §8). `src/webview/form.ts` fills it. */
export function formPage(parts: FormPage): string {
  const cspSource = escapeHtml(parts.cspSource);
  const nonce = escapeHtml(parts.nonce);
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  // vscode-icon looks the codicon sheet up by this id, to load it into its own shadow root.
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Call</title>
<link id="vscode-codicon-stylesheet" rel="stylesheet" nonce="${nonce}" href="${escapeHtml(parts.codicons)}">
<link rel="stylesheet" nonce="${nonce}" href="${escapeHtml(parts.style)}">
<script type="module" nonce="${nonce}" src="${escapeHtml(parts.script)}"></script>
</head>
<body>
<main id="form"></main>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
