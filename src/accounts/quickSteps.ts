import * as vscode from 'vscode';

/** What came of a step: a value, the way back to the step before, or the end. */
export type Stepped<T> = { readonly kind: 'next'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'stop' };

/** What is said about a text while it is typed: `problem` keeps it from being taken, `note` does not. */
export interface Judged {
  readonly problem?: string;
  readonly note?: string;
}

interface Step {
  readonly title: string;
  /** Whether there is a step before this one. */
  readonly back: boolean;
}

interface TextStep extends Step {
  readonly prompt: string;
  readonly placeholder?: string;
  /** Filled in, to be typed over. */
  readonly value?: string;
  readonly password?: boolean;
  readonly judge: (text: string) => Judged;
}

/** Asks for a text: trimmed, not empty, and without a problem. */
export function askText({ title, back, prompt, placeholder, value = '', password = false, judge }: TextStep): Promise<Stepped<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, { title, prompt, placeholder, value, password, ignoreFocusOut: true, buttons: buttons(back) });
  if (value !== '') input.valueSelection = [0, value.length];
  const show = (text: string): boolean => {
    const { problem, note } = text === '' ? {} : judge(text);
    input.validationMessage = problem ?? (note === undefined ? undefined : { message: note, severity: vscode.InputBoxValidationSeverity.Info });
    return problem === undefined;
  };
  return settled(input, (end) => {
    input.onDidChangeValue((text) => show(text.trim()));
    input.onDidAccept(() => {
      const text = input.value.trim();
      if (text === '')
        input.validationMessage = { message: `${prompt.split('.')[0]}: nothing is filled in.`, severity: vscode.InputBoxValidationSeverity.Warning };
      else if (show(text)) end({ kind: 'next', value: text });
    });
  });
}

interface PickStep<T extends vscode.QuickPickItem> extends Step {
  readonly placeholder: string;
  readonly items: readonly T[];
  /** Has the focus at first. */
  readonly first?: T | undefined;
  /** An item that cannot be chosen says why in its text, and stays. */
  readonly can?: (item: T) => boolean;
}

/** Has one of several chosen, by words of their label, description or detail. */
export function askPick<T extends vscode.QuickPickItem>({ title, back, placeholder, items, first, can = () => true }: PickStep<T>): Promise<Stepped<T>> {
  const pick = vscode.window.createQuickPick<T>();
  Object.assign(pick, { title, placeholder, items, ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true, buttons: buttons(back) });
  if (first) pick.activeItems = [first];
  return settled(pick, (end) => {
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      if (item && can(item)) end({ kind: 'next', value: item });
    });
  });
}

const buttons = (back: boolean): readonly vscode.QuickInputButton[] => (back ? [vscode.QuickInputButtons.Back] : []);

/** Shows an input until it is answered, left by Back, or hidden, as by Escape. */
function settled<T>(
  input: Pick<vscode.QuickPick<vscode.QuickPickItem>, 'onDidHide' | 'onDidTriggerButton' | 'show' | 'hide' | 'dispose'>,
  listen: (end: (result: Stepped<T>) => void) => void,
): Promise<Stepped<T>> {
  return new Promise((resolve) => {
    const end = (result: Stepped<T>): void => {
      resolve(result);
      input.hide();
    };
    listen(end);
    input.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && end({ kind: 'back' }));
    input.onDidHide(() => {
      resolve({ kind: 'stop' });
      input.dispose();
    });
    input.show();
  });
}
