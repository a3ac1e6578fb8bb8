// The active text editor, as a person sees it: what is on the screen and what appears under the pointer.

export class Editor {
  constructor(page) {
    this.page = page;
    this.element = page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** Waits until it shows text. */
  async ready() {
    await this.element.locator('.view-line').first().waitFor();
  }

  /** The lines of the active editor that are on the screen, without what extensions draw after them (see `annotations`). */
  async text() {
    await this.ready();
    return this.element.evaluate((editor) => {
      const top = (line) => Number.parseFloat(line.style.top);
      const lines = [...editor.querySelectorAll('.view-line')].sort((a, b) => top(a) - top(b));
      return lines.map((line) => line.textContent.replaceAll('\u00a0', ' ')).join('\n');
    });
  }

  /** Texts that extensions draw before or after lines on the screen. */
  annotations() {
    return this.element.evaluate((editor) =>
      [...editor.querySelectorAll('.view-line span')]
        .flatMap((span) => ['::before', '::after'].map((part) => getComputedStyle(span, part).content))
        .filter((content) => content.startsWith('"'))
        .map((content) =>
          content
            .slice(1, -1)
            .replace(/\\(["\\])/g, '$1')
            .replaceAll('\u00a0', ' '),
        ),
    );
  }

  /** A code lens above a line, as a locator. */
  lens(text) {
    return this.element.locator('.codelens-decoration a', { hasText: text });
  }

  /** Points at the first `text` on the screen and returns what the hover says. The hover stays open (for a screenshot). */
  async hover(text) {
    const at = await this.element.evaluate((editor, wanted) => {
      for (const line of editor.querySelectorAll('.view-line')) {
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const start = node.data.replaceAll('\u00a0', ' ').indexOf(wanted);
          if (start < 0) continue;
          const range = document.createRange();
          range.setStart(node, start);
          range.setEnd(node, start + wanted.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }
      }
      return undefined;
    }, text);
    if (!at) throw new Error(`No token on the screen contains ${JSON.stringify(text)}. The editor shows:\n${await this.text()}`);
    const hover = this.page.locator('.monaco-hover:visible .hover-contents').first();
    // A language server that is still starting says nothing, and VS Code asks again only when the mouse comes anew.
    for (let attempt = 1; ; attempt++) {
      await this.page.mouse.move(at.x + 2, at.y, { steps: 3 });
      const seen = await hover.waitFor({ timeout: attempt < 5 ? 4000 : 15_000 }).then(
        () => true,
        (e) => {
          if (attempt === 5) throw e;
          return false;
        },
      );
      if (seen) break;
      await this.page.mouse.move(at.x + 200, at.y + 300, { steps: 3 });
    }
    // Language servers answer one after another: wait until none is still loading.
    await this.page.locator('.monaco-hover:visible', { hasText: 'Loading...' }).waitFor({ state: 'hidden' });
    return (await this.page.locator('.monaco-hover:visible .hover-contents').allInnerTexts()).join('\n');
  }
}
