import fs from 'node:fs';

const { displayName, contributes } = JSON.parse(fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const container = contributes?.viewsContainers?.activitybar?.[0];

export const title = 'The installed VSIX';

export const tests = {
  'is listed among the installed extensions': async ({ workbench, page, shot }) => {
    await workbench.openContainer('Extensions');
    await page.locator('.extensions-list .monaco-list-row', { hasText: displayName }).waitFor();
    await shot('installed');
  },

  ...(container && {
    'opens its views from the activity bar': async ({ workbench, shot }) => {
      await workbench.openContainer(container.title);
      await shot('views');
    },
  }),
};
