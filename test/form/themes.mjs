// The theme colours that the form uses, as a real VS Code 1.139 hands them to a webview (read out of one with its own themes; a
// variable that a theme does not set is missing there too). Also the style sheet that VS Code puts in front of every webview's.

/** name → what VS Code sets on `<html>` and `<body>`. */
export const THEMES = {
  dark: {
    bodyClass: 'vscode-dark',
    variables: {
      '--text-link-decoration': 'none',
      '--vscode-button-background': '#0078d4',
      '--vscode-button-border': 'rgba(255, 255, 255, 0.1)',
      '--vscode-button-foreground': '#ffffff',
      '--vscode-button-hoverBackground': '#026ec1',
      '--vscode-button-secondaryBackground': 'rgba(0, 0, 0, 0)',
      '--vscode-button-secondaryForeground': '#cccccc',
      '--vscode-button-secondaryHoverBackground': '#2b2b2b',
      '--vscode-button-separator': 'rgba(255, 255, 255, 0.4)',
      '--vscode-charts-green': '#89d185',
      '--vscode-charts-red': '#f14c4c',
      '--vscode-charts-yellow': '#cca700',
      '--vscode-checkbox-background': '#313131',
      '--vscode-checkbox-border': '#3c3c3c',
      '--vscode-checkbox-foreground': '#cccccc',
      '--vscode-cornerRadius-small': '4px',
      '--vscode-debugTokenExpression-boolean': '#4e94ce',
      '--vscode-debugTokenExpression-name': '#c586c0',
      '--vscode-debugTokenExpression-number': '#b5cea8',
      '--vscode-debugTokenExpression-string': '#ce9178',
      '--vscode-descriptionForeground': '#9d9d9d',
      '--vscode-disabledForeground': 'rgba(204, 204, 204, 0.5)',
      '--vscode-dropdown-background': '#313131',
      '--vscode-dropdown-border': '#3c3c3c',
      '--vscode-dropdown-foreground': '#cccccc',
      '--vscode-editor-background': '#1f1f1f',
      '--vscode-editor-font-family': "'Droid Sans Mono', monospace",
      '--vscode-editor-foreground': '#cccccc',
      '--vscode-editor-inactiveSelectionBackground': '#3a3d41',
      '--vscode-editorInfo-foreground': '#59a4f9',
      '--vscode-editorWarning-foreground': '#cca700',
      '--vscode-errorForeground': '#f85149',
      '--vscode-focusBorder': '#0078d4',
      '--vscode-font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif',
      '--vscode-font-size': '13px',
      '--vscode-font-weight': 'normal',
      '--vscode-foreground': '#cccccc',
      '--vscode-icon-foreground': '#cccccc',
      '--vscode-input-background': '#313131',
      '--vscode-input-border': '#3c3c3c',
      '--vscode-input-foreground': '#cccccc',
      '--vscode-input-placeholderForeground': '#989898',
      '--vscode-inputOption-activeBackground': 'rgba(36, 137, 219, 0.51)',
      '--vscode-inputOption-activeBorder': '#2488db',
      '--vscode-inputOption-activeForeground': '#ffffff',
      '--vscode-list-activeSelectionBackground': '#04395e',
      '--vscode-list-activeSelectionForeground': '#ffffff',
      '--vscode-list-hoverBackground': '#2a2d2e',
      '--vscode-problemsErrorIcon-foreground': '#f14c4c',
      '--vscode-problemsInfoIcon-foreground': '#59a4f9',
      '--vscode-problemsWarningIcon-foreground': '#cca700',
      '--vscode-progressBar-background': '#0078d4',
      '--vscode-radio-activeBackground': 'rgba(36, 137, 219, 0.51)',
      '--vscode-radio-activeBorder': '#2488db',
      '--vscode-radio-activeForeground': '#ffffff',
      '--vscode-radio-inactiveHoverBackground': 'rgba(90, 93, 94, 0.5)',
      '--vscode-scrollbarSlider-activeBackground': 'rgba(191, 191, 191, 0.4)',
      '--vscode-scrollbarSlider-background': 'rgba(121, 121, 121, 0.4)',
      '--vscode-scrollbarSlider-hoverBackground': 'rgba(100, 100, 100, 0.7)',
      '--vscode-sideBar-background': '#181818',
      '--vscode-sideBar-foreground': '#cccccc',
      '--vscode-sideBarSectionHeader-border': '#2b2b2b',
      '--vscode-statusBarItem-warningBackground': '#7a6400',
      '--vscode-statusBarItem-warningForeground': '#ffffff',
      '--vscode-textLink-activeForeground': '#4daafc',
      '--vscode-textLink-foreground': '#4daafc',
      '--vscode-textPreformat-background': '#3c3c3c',
      '--vscode-textPreformat-foreground': '#d0d0d0',
      '--vscode-toolbar-activeBackground': 'rgba(99, 102, 103, 0.31)',
      '--vscode-toolbar-hoverBackground': 'rgba(90, 93, 94, 0.31)',
      '--vscode-widget-border': '#313131',
      '--vscode-widget-shadow': 'rgba(0, 0, 0, 0.36)',
    },
  },
  light: {
    bodyClass: 'vscode-light',
    variables: {
      '--text-link-decoration': 'none',
      '--vscode-button-background': '#005fb8',
      '--vscode-button-border': 'rgba(0, 0, 0, 0.1)',
      '--vscode-button-foreground': '#ffffff',
      '--vscode-button-hoverBackground': '#0258a8',
      '--vscode-button-secondaryBackground': '#e5e5e5',
      '--vscode-button-secondaryForeground': '#3b3b3b',
      '--vscode-button-secondaryHoverBackground': '#cccccc',
      '--vscode-button-separator': 'rgba(255, 255, 255, 0.4)',
      '--vscode-charts-green': '#388a34',
      '--vscode-charts-red': '#e51400',
      '--vscode-charts-yellow': '#bf8803',
      '--vscode-checkbox-background': '#f8f8f8',
      '--vscode-checkbox-border': '#cecece',
      '--vscode-checkbox-foreground': '#3b3b3b',
      '--vscode-cornerRadius-small': '4px',
      '--vscode-debugTokenExpression-boolean': '#0000ff',
      '--vscode-debugTokenExpression-name': '#9b46b0',
      '--vscode-debugTokenExpression-number': '#098658',
      '--vscode-debugTokenExpression-string': '#a31515',
      '--vscode-descriptionForeground': '#3b3b3b',
      '--vscode-disabledForeground': 'rgba(97, 97, 97, 0.5)',
      '--vscode-dropdown-background': '#ffffff',
      '--vscode-dropdown-border': '#cecece',
      '--vscode-dropdown-foreground': '#3b3b3b',
      '--vscode-editor-background': '#ffffff',
      '--vscode-editor-font-family': "'Droid Sans Mono', monospace",
      '--vscode-editor-foreground': '#3b3b3b',
      '--vscode-editor-inactiveSelectionBackground': '#e5ebf1',
      '--vscode-editorInfo-foreground': '#0063d3',
      '--vscode-editorWarning-foreground': '#bf8803',
      '--vscode-errorForeground': '#f85149',
      '--vscode-focusBorder': '#005fb8',
      '--vscode-font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif',
      '--vscode-font-size': '13px',
      '--vscode-font-weight': 'normal',
      '--vscode-foreground': '#3b3b3b',
      '--vscode-icon-foreground': '#3b3b3b',
      '--vscode-input-background': '#ffffff',
      '--vscode-input-border': '#cecece',
      '--vscode-input-foreground': '#3b3b3b',
      '--vscode-input-placeholderForeground': '#767676',
      '--vscode-inputOption-activeBackground': '#bed6ed',
      '--vscode-inputOption-activeBorder': '#005fb8',
      '--vscode-inputOption-activeForeground': '#000000',
      '--vscode-list-activeSelectionBackground': '#e8e8e8',
      '--vscode-list-activeSelectionForeground': '#000000',
      '--vscode-list-hoverBackground': '#f2f2f2',
      '--vscode-problemsErrorIcon-foreground': '#e51400',
      '--vscode-problemsInfoIcon-foreground': '#0063d3',
      '--vscode-problemsWarningIcon-foreground': '#bf8803',
      '--vscode-progressBar-background': '#005fb8',
      '--vscode-radio-activeBackground': '#bed6ed',
      '--vscode-radio-activeBorder': '#005fb8',
      '--vscode-radio-activeForeground': '#000000',
      '--vscode-radio-inactiveHoverBackground': 'rgba(184, 184, 184, 0.31)',
      '--vscode-scrollbarSlider-activeBackground': 'rgba(0, 0, 0, 0.6)',
      '--vscode-scrollbarSlider-background': 'rgba(100, 100, 100, 0.4)',
      '--vscode-scrollbarSlider-hoverBackground': 'rgba(100, 100, 100, 0.7)',
      '--vscode-sideBar-background': '#f8f8f8',
      '--vscode-sideBar-foreground': '#3b3b3b',
      '--vscode-sideBarSectionHeader-border': '#e5e5e5',
      '--vscode-statusBarItem-warningBackground': '#725102',
      '--vscode-statusBarItem-warningForeground': '#ffffff',
      '--vscode-textLink-activeForeground': '#005fb8',
      '--vscode-textLink-foreground': '#005fb8',
      '--vscode-textPreformat-background': 'rgba(0, 0, 0, 0.12)',
      '--vscode-textPreformat-foreground': '#3b3b3b',
      '--vscode-toolbar-activeBackground': 'rgba(166, 166, 166, 0.31)',
      '--vscode-toolbar-hoverBackground': 'rgba(184, 184, 184, 0.31)',
      '--vscode-widget-border': '#e5e5e5',
      '--vscode-widget-shadow': 'rgba(0, 0, 0, 0.16)',
    },
  },
  contrast: {
    bodyClass: 'vscode-high-contrast',
    variables: {
      '--text-link-decoration': 'none',
      '--vscode-button-background': '#000000',
      '--vscode-button-border': '#6fc3df',
      '--vscode-button-foreground': '#ffffff',
      '--vscode-button-hoverBackground': '#000000',
      '--vscode-button-secondaryForeground': '#ffffff',
      '--vscode-button-separator': 'rgba(255, 255, 255, 0.4)',
      '--vscode-charts-green': '#89d185',
      '--vscode-charts-red': '#f48771',
      '--vscode-charts-yellow': '#ffd370',
      '--vscode-checkbox-background': '#000000',
      '--vscode-checkbox-border': '#6fc3df',
      '--vscode-checkbox-foreground': '#ffffff',
      '--vscode-contrastActiveBorder': '#f38518',
      '--vscode-contrastBorder': '#6fc3df',
      '--vscode-cornerRadius-small': '4px',
      '--vscode-debugTokenExpression-boolean': '#75bdfe',
      '--vscode-debugTokenExpression-name': '#ffffff',
      '--vscode-debugTokenExpression-number': '#89d185',
      '--vscode-debugTokenExpression-string': '#f48771',
      '--vscode-descriptionForeground': 'rgba(255, 255, 255, 0.7)',
      '--vscode-disabledForeground': '#a5a5a5',
      '--vscode-dropdown-background': '#000000',
      '--vscode-dropdown-border': '#6fc3df',
      '--vscode-dropdown-foreground': '#ffffff',
      '--vscode-editor-background': '#000000',
      '--vscode-editor-font-family': "'Droid Sans Mono', monospace",
      '--vscode-editor-foreground': '#ffffff',
      '--vscode-editor-inactiveSelectionBackground': 'rgba(255, 255, 255, 0.7)',
      '--vscode-editorInfo-foreground': '#59a4f9',
      '--vscode-editorWarning-foreground': '#ffd370',
      '--vscode-errorForeground': '#f48771',
      '--vscode-focusBorder': '#f38518',
      '--vscode-font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif',
      '--vscode-font-size': '13px',
      '--vscode-font-weight': 'normal',
      '--vscode-foreground': '#ffffff',
      '--vscode-icon-foreground': '#ffffff',
      '--vscode-input-background': '#000000',
      '--vscode-input-border': '#6fc3df',
      '--vscode-input-foreground': '#ffffff',
      '--vscode-input-placeholderForeground': 'rgba(255, 255, 255, 0.7)',
      '--vscode-inputOption-activeBackground': 'rgba(0, 0, 0, 0)',
      '--vscode-inputOption-activeBorder': '#6fc3df',
      '--vscode-inputOption-activeForeground': '#ffffff',
      '--vscode-list-hoverBackground': 'rgba(255, 255, 255, 0.1)',
      '--vscode-problemsErrorIcon-foreground': '#f48771',
      '--vscode-problemsInfoIcon-foreground': '#59a4f9',
      '--vscode-problemsWarningIcon-foreground': '#ffd370',
      '--vscode-progressBar-background': '#6fc3df',
      '--vscode-radio-activeBackground': 'rgba(0, 0, 0, 0)',
      '--vscode-radio-activeBorder': '#6fc3df',
      '--vscode-radio-activeForeground': '#ffffff',
      '--vscode-scrollbarSlider-activeBackground': '#6fc3df',
      '--vscode-scrollbarSlider-background': 'rgba(111, 195, 223, 0.6)',
      '--vscode-scrollbarSlider-hoverBackground': 'rgba(111, 195, 223, 0.8)',
      '--vscode-sideBar-background': '#000000',
      '--vscode-sideBarSectionHeader-border': '#6fc3df',
      '--vscode-statusBarItem-warningForeground': '#ffffff',
      '--vscode-textLink-activeForeground': '#21a6ff',
      '--vscode-textLink-foreground': '#21a6ff',
      '--vscode-textPreformat-foreground': '#ffffff',
      '--vscode-toolbar-hoverOutline': '#f38518',
      '--vscode-widget-border': '#6fc3df',
    },
  },
  'contrast-light': {
    bodyClass: 'vscode-high-contrast-light vscode-high-contrast',
    variables: {
      '--text-link-decoration': 'none',
      '--vscode-button-background': '#0f4a85',
      '--vscode-button-border': '#0f4a85',
      '--vscode-button-foreground': '#ffffff',
      '--vscode-button-hoverBackground': '#0f4a85',
      '--vscode-button-secondaryBackground': '#ffffff',
      '--vscode-button-secondaryForeground': '#292929',
      '--vscode-button-separator': 'rgba(255, 255, 255, 0.4)',
      '--vscode-charts-green': '#374e06',
      '--vscode-charts-red': '#b5200d',
      '--vscode-charts-yellow': '#895503',
      '--vscode-checkbox-background': '#ffffff',
      '--vscode-checkbox-border': '#0f4a85',
      '--vscode-checkbox-foreground': '#292929',
      '--vscode-contrastActiveBorder': '#006bbd',
      '--vscode-contrastBorder': '#0f4a85',
      '--vscode-cornerRadius-small': '4px',
      '--vscode-debugTokenExpression-boolean': '#0000ff',
      '--vscode-debugTokenExpression-name': '#292929',
      '--vscode-debugTokenExpression-number': '#098658',
      '--vscode-debugTokenExpression-string': '#a31515',
      '--vscode-descriptionForeground': 'rgba(41, 41, 41, 0.7)',
      '--vscode-disabledForeground': '#7f7f7f',
      '--vscode-dropdown-background': '#ffffff',
      '--vscode-dropdown-border': '#0f4a85',
      '--vscode-dropdown-foreground': '#292929',
      '--vscode-editor-background': '#ffffff',
      '--vscode-editor-font-family': "'Droid Sans Mono', monospace",
      '--vscode-editor-foreground': '#292929',
      '--vscode-editor-inactiveSelectionBackground': 'rgba(15, 74, 133, 0.5)',
      '--vscode-editorInfo-foreground': '#0063d3',
      '--vscode-editorWarning-foreground': '#895503',
      '--vscode-errorForeground': '#b5200d',
      '--vscode-focusBorder': '#006bbd',
      '--vscode-font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif',
      '--vscode-font-size': '13px',
      '--vscode-font-weight': 'normal',
      '--vscode-foreground': '#292929',
      '--vscode-icon-foreground': '#292929',
      '--vscode-input-background': '#ffffff',
      '--vscode-input-border': '#0f4a85',
      '--vscode-input-foreground': '#292929',
      '--vscode-input-placeholderForeground': 'rgba(41, 41, 41, 0.7)',
      '--vscode-inputOption-activeBackground': 'rgba(0, 0, 0, 0)',
      '--vscode-inputOption-activeBorder': '#0f4a85',
      '--vscode-inputOption-activeForeground': '#292929',
      '--vscode-list-activeSelectionBackground': 'rgba(15, 74, 133, 0.1)',
      '--vscode-list-hoverBackground': 'rgba(15, 74, 133, 0.1)',
      '--vscode-problemsErrorIcon-foreground': '#b5200d',
      '--vscode-problemsInfoIcon-foreground': '#0063d3',
      '--vscode-problemsWarningIcon-foreground': '#895503',
      '--vscode-progressBar-background': '#0f4a85',
      '--vscode-radio-activeBackground': 'rgba(0, 0, 0, 0)',
      '--vscode-radio-activeBorder': '#0f4a85',
      '--vscode-radio-activeForeground': '#292929',
      '--vscode-scrollbarSlider-activeBackground': '#0f4a85',
      '--vscode-scrollbarSlider-background': 'rgba(15, 74, 133, 0.4)',
      '--vscode-scrollbarSlider-hoverBackground': 'rgba(15, 74, 133, 0.8)',
      '--vscode-sideBar-background': '#ffffff',
      '--vscode-sideBarSectionHeader-border': '#0f4a85',
      '--vscode-statusBarItem-warningBackground': '#895503',
      '--vscode-statusBarItem-warningForeground': '#ffffff',
      '--vscode-textLink-activeForeground': '#0f4a85',
      '--vscode-textLink-foreground': '#0f4a85',
      '--vscode-textPreformat-background': '#09345f',
      '--vscode-textPreformat-foreground': '#ffffff',
      '--vscode-toolbar-hoverOutline': '#006bbd',
      '--vscode-widget-border': '#0f4a85',
    },
  },
};

export const WEBVIEW_DEFAULTS = `
@layer vscode-default {
  html {
    scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background);
  }

  body {
    overscroll-behavior-x: none;
    background-color: transparent;
    color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family);
    font-weight: var(--vscode-font-weight);
    font-size: var(--vscode-font-size);
    margin: 0;
    padding: 0 20px;
  }

  img, video {
    max-width: 100%;
    max-height: 100%;
  }

  a, a code {
    color: var(--vscode-textLink-foreground);
  }

  p > a {
    text-decoration: var(--text-link-decoration);
  }

  a:hover {
    color: var(--vscode-textLink-activeForeground);
  }

  a:focus,
  input:focus,
  select:focus,
  textarea:focus {
    outline: 1px solid -webkit-focus-ring-color;
    outline-offset: -1px;
  }

  code {
    font-family: var(--monaco-monospace-font);
    color: var(--vscode-textPreformat-foreground);
    background-color: var(--vscode-textPreformat-background);
    padding: 1px 3px;
    border-radius: 4px;
  }

  pre code {
    padding: 0;
  }

  ::-webkit-scrollbar {
    width: 10px;
    height: 10px;
  }

  ::-webkit-scrollbar-corner {
    background-color: var(--vscode-editor-background);
  }

  ::-webkit-scrollbar-thumb {
    background-color: var(--vscode-scrollbarSlider-background);
  }
  ::-webkit-scrollbar-thumb:hover {
    background-color: var(--vscode-scrollbarSlider-hoverBackground);
  }
  ::-webkit-scrollbar-thumb:active {
    background-color: var(--vscode-scrollbarSlider-activeBackground);
  }
  ::highlight(find-highlight) {
    background-color: var(--vscode-editor-findMatchHighlightBackground);
  }
  ::highlight(current-find-highlight) {
    background-color: var(--vscode-editor-findMatchBackground);
  }
}
`;
