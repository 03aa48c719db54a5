import * as vscode from 'vscode';
import type { SwarmSnapshot } from '../engine/snapshot.js';
import { groupBy } from '../model/groupBy.js';
import type { Project } from '../model/projects.js';
import { toRange } from '../vscodeUi.js';
import { swarmFindings } from './findings.js';
import type { SwarmFinding } from './findings.js';

export interface SwarmProblems extends vscode.Disposable {
  /** Shows what is wrong now, and takes back what no longer is. */
  show(projects: readonly Project[], swarm: SwarmSnapshot | undefined): void;
}

export function swarmProblems(): SwarmProblems {
  const collection = vscode.languages.createDiagnosticCollection('longshore.swarm');
  let shown = '[]';
  return {
    show(projects, swarm) {
      const findings = swarmFindings(projects, swarm);
      const text = JSON.stringify(findings);
      if (text === shown) return;
      shown = text;
      collection.clear();
      for (const [uri, ones] of groupBy(findings, (one) => one.uri)) {
        collection.set(vscode.Uri.parse(uri, true), ones.map(toDiagnostic));
      }
    },
    dispose: () => collection.dispose(),
  };
}

function toDiagnostic({ range, message, code }: SwarmFinding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(range), message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = 'Swarm';
  diagnostic.code = code;
  return diagnostic;
}
