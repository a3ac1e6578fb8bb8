import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query as inside, property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { type Choice, type Choices, choiceLines } from './choice.js';
import { icon } from './icon.js';

/** Long enough to let a word end, short enough to feel immediate. */
const SETTLED_MS = 200;
/** More rows than this nobody reads; typing narrows. */
const SHOWN = 100;
const PAGE = 8;

/**
 * An editable combobox with a list (ARIA 1.2). The choices come from outside: either the owner searches (`search` is given), or
 * they are all there and typing filters them. It lives in the page's own tree, not in a shadow root, because labels and
 * descriptions are tied by id and ids do not cross shadow roots.
 */
export class Combobox extends LitElement {
  @property({ attribute: false }) choices: Choices = { state: 'idle', query: '', items: [], message: '' };
  /** The name of what is chosen. */
  @property({ attribute: false }) chosenName = '';
  @property({ attribute: false }) chosenId = '';
  @property({ attribute: false }) inputId = '';
  @property({ attribute: false }) placeholder = '';
  /** Ids of the elements that describe the input. */
  @property({ attribute: false }) describedBy = '';
  @property({ attribute: false }) search: ((query: string) => void) | undefined;
  @property({ attribute: false }) pick: (id: string) => void = () => undefined;

  @state() private expanded = false;
  @state() private activeId: string | undefined;
  @state() private typed: string | undefined;
  /** The name just picked, until the host says what is chosen now. */
  private picked: string | undefined;
  @inside('input') private readonly input!: HTMLInputElement;
  private asked: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected override createRenderRoot(): this {
    return this;
  }

  override disconnectedCallback(): void {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  private get query(): string {
    return this.typed ?? '';
  }

  /** True while what is shown does not answer what was asked last. */
  private get waiting(): boolean {
    if (this.choices.state === 'loading') return true;
    return this.search !== undefined && (this.timer !== undefined || (this.asked !== undefined && this.asked.trim() !== this.choices.query.trim()));
  }

  private matching(): readonly Choice[] {
    if (this.search) return this.choices.items;
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    return this.choices.items.filter((c) => words.every((w) => `${c.name} ${c.detail}`.toLowerCase().includes(w)));
  }

  private shown(): readonly Choice[] {
    return this.matching().slice(0, SHOWN);
  }

  private ask(query: string, delay = 0): void {
    if (!this.search) return;
    clearTimeout(this.timer);
    const send = (): void => {
      this.timer = undefined;
      this.asked = query;
      this.search?.(query);
      this.requestUpdate();
    };
    if (delay === 0) send();
    else this.timer = setTimeout(send, delay);
  }

  private open(): void {
    if (this.expanded) return;
    this.expanded = true;
    this.activeId = undefined;
    this.ask(this.query);
  }

  private close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.asked = undefined;
    this.expanded = false;
    this.activeId = undefined;
  }

  /** Closes and shows what is chosen again. */
  private revert(): void {
    this.close();
    this.typed = undefined;
  }

  private choose(choice: Choice): void {
    this.revert();
    this.picked = choice.name;
    this.requestUpdate();
    this.pick(choice.id);
  }

  private move(to: number | 'first' | 'last'): void {
    const items = this.shown();
    const at = items.findIndex((c) => c.id === this.activeId);
    let next = to === 'first' ? 0 : items.length - 1;
    if (typeof to === 'number') {
      if (at < 0)
        next =
          to > 0
            ? Math.max(
                0,
                items.findIndex((c) => c.id === this.chosenId),
              )
            : items.length - 1;
      else if (Math.abs(to) === 1) next = (at + to + items.length) % items.length;
      else next = Math.min(items.length - 1, Math.max(0, at + to));
    }
    this.activeId = items[next]?.id;
  }

  private onInput(): void {
    this.typed = this.input.value;
    this.expanded = true;
    this.activeId = undefined;
    this.ask(this.typed, SETTLED_MS);
  }

  private onEnter(): void {
    const items = this.shown();
    const only = items.length === 1 && this.typed !== undefined && !this.waiting ? items[0] : undefined;
    const choice = items.find((c) => c.id === this.activeId) ?? only;
    if (choice) this.choose(choice);
    else if (this.choices.state === 'failed') this.ask(this.query);
  }

  private onKey(e: KeyboardEvent): void {
    if (e.isComposing || e.ctrlKey || e.metaKey) return;
    if (this.handles(e)) {
      e.preventDefault();
      e.stopPropagation();
    }
  }

  /** Does what the key means here; false leaves it to the input. */
  private handles(e: KeyboardEvent): boolean {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      if (e.altKey && e.key === 'ArrowUp') this.revert();
      else if (this.expanded) this.move(e.key === 'ArrowDown' ? 1 : -1);
      else {
        this.open();
        if (!e.altKey && !this.search) this.move(e.key === 'ArrowDown' ? 1 : -1);
      }
      return true;
    }
    if (e.key === 'Escape') {
      const busy = this.expanded || this.typed !== undefined;
      this.revert();
      return busy;
    }
    if (!this.expanded) return false;
    switch (e.key) {
      case 'Enter':
        this.onEnter();
        return true;
      case 'Home':
      case 'End':
        if (e.shiftKey || this.shown().length === 0) return false;
        this.move(e.key === 'Home' ? 'first' : 'last');
        return true;
      case 'PageDown':
      case 'PageUp':
        this.move(e.key === 'PageDown' ? PAGE : -PAGE);
        return true;
      default:
        return false;
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('choices')) this.picked = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    const shown = this.typed ?? this.picked ?? this.chosenName;
    if (this.input.value !== shown) {
      this.input.value = shown;
      if (document.activeElement === this.input) this.input.select();
    }
    if (changed.has('expanded') && this.expanded) this.querySelector('.popup')?.scrollIntoView({ block: 'nearest' });
    if (changed.has('activeId') && this.activeId !== undefined) this.querySelector('.option.active')?.scrollIntoView({ block: 'nearest' });
  }

  private message(shown: number): string {
    if (this.choices.state === 'failed') return this.choices.message || 'The search failed.';
    if (shown === 0) return this.waiting ? 'Searching…' : this.choices.state === 'idle' ? 'Type to search.' : this.choices.message || 'No results';
    const all = this.matching().length;
    return all > shown ? `${shown} of ${all} shown. Type to narrow.` : this.choices.message;
  }

  private optionId(index: number): string {
    return `${this.inputId}-option-${index}`;
  }

  protected override render(): TemplateResult {
    const items = this.expanded ? this.shown() : [];
    const active = items.findIndex((c) => c.id === this.activeId);
    const message = this.expanded ? this.message(items.length) : '';
    return html`
      <div class="combobox">
        <input class="input" type="text" role="combobox" id=${this.inputId} autocomplete="off" spellcheck="false" placeholder=${this.placeholder}
          aria-autocomplete="list" aria-haspopup="listbox" aria-expanded=${this.expanded} aria-controls="${this.inputId}-list"
          aria-activedescendant=${active < 0 ? nothing : this.optionId(active)} aria-describedby=${this.describedBy || nothing}
          @input=${this.onInput} @keydown=${this.onKey} @click=${this.open} @focus=${() => this.input.select()} @blur=${this.revert}>
        ${icon(this.search ? 'search' : 'chevron-down', 'adornment')}
        <div class="popup" ?hidden=${!this.expanded} @mousedown=${(e: Event) => e.preventDefault()}>
          <div class="progress" ?hidden=${!this.waiting} aria-hidden="true"></div>
          <ul class="options" role="listbox" id="${this.inputId}-list" aria-labelledby="${this.inputId}-label" ?hidden=${items.length === 0}>
            ${repeat(
              items,
              (c) => c.id,
              (c, i) => this.option(c, i, i === active),
            )}
          </ul>
          ${message ? this.messageRow(message) : nothing}
        </div>
        <span class="visually-hidden" role="status">${this.expanded && !this.waiting && items.length > 0 ? `${items.length} results` : message}</span>
      </div>
    `;
  }

  private option(choice: Choice, index: number, active: boolean): TemplateResult {
    const classes = classMap({ option: true, active, chosen: choice.id === this.chosenId });
    return html`
      <li role="option" id=${this.optionId(index)} class=${classes} aria-selected=${choice.id === this.chosenId} @click=${() => this.choose(choice)}>
        <span class="option-name">${choice.name}</span>${choiceLines(choice)}
      </li>
    `;
  }

  private messageRow(message: string): TemplateResult {
    if (this.choices.state !== 'failed') return html`<div class="message">${message}</div>`;
    return html`<div class="message">${icon('error', 'error')}<span>${message} Press Enter to try again.</span></div>`;
  }
}
customElements.define('call-combobox', Combobox);
