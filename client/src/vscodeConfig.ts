import * as vscode from 'vscode';
import type { Config, Settings } from './config.js';

export function vscodeConfig(): Config {
  return {
    // Every key has a default in package.json, so there is always a value of its type.
    get: <K extends keyof Settings>(key: K) => section().get(key) as Settings[K],
    async set(key, value, scope) {
      const { Global, Workspace } = vscode.ConfigurationTarget;
      await section().update(key, value, scope === 'user' ? Global : Workspace);
    },
  };
}

function section(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('longshore');
}
