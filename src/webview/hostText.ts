import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

type TextBox = HTMLInputElement | HTMLTextAreaElement;
const isTextBox = (e: Element): e is TextBox => e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement;

/**
 * Ties a text box to a value that the host owns. What the person types is sent at once and comes back some milliseconds later,
 * perhaps after they typed on: such an echo must not touch the box. Only a value that the host came up with itself is written.
 */
class HostText extends Directive {
  #box: TextBox | undefined;
  #send: (text: string) => void = () => undefined;
  #host: string | undefined;
  /** Sent and not yet echoed, oldest first. */
  #onTheWay: string[] = [];

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('hostText belongs on an element');
  }

  override render(_value: string, _send: (text: string) => void): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [value, send]: [string, (text: string) => void]): typeof noChange {
    this.#send = send;
    this.#box ??= this.#listen(part.element);
    if (this.#box) this.#show(this.#box, value);
    return noChange;
  }

  #listen(element: Element): TextBox | undefined {
    if (!isTextBox(element)) return undefined;
    element.addEventListener('input', () => {
      this.#onTheWay.push(element.value);
      this.#send(element.value);
    });
    return element;
  }

  #show(box: TextBox, value: string): void {
    const unchanged = value === this.#host;
    this.#host = value;
    if (value === box.value) {
      this.#onTheWay = [];
      return;
    }
    const echoed = this.#onTheWay.indexOf(value);
    this.#onTheWay.splice(0, echoed + 1);
    const typing = document.activeElement === box && this.#onTheWay.length > 0;
    if (typing && (echoed >= 0 || unchanged)) return;
    this.#onTheWay = [];
    const { selectionStart, selectionEnd } = box;
    box.value = value;
    if (document.activeElement === box) box.setSelectionRange(selectionStart, selectionEnd);
  }
}

/** `<input ${hostText(value, (text) => …)}>` */
export const hostText = directive(HostText);
