export interface PageParts {
  /** Random, and new for each page. */
  readonly nonce: string;
  /** What the editor serves files of the extension from. */
  readonly source: string;
  /** Addresses. */
  readonly script: string;
  readonly style: string;
}

/** The log view's page: nothing in it comes from a container, and it may load nothing but our own script and style. */
export function logPage({ nonce, source, script, style }: PageParts): string {
  const policy = `default-src 'none'; style-src ${source}; font-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Logs</title>
</head>
<body>
<div class="tools" role="toolbar" aria-label="Logs">
<span class="group wide">
<input id="filter" type="search" placeholder="Filter" aria-label="Show only lines with this text" spellcheck="false">
<button id="filterExpression" aria-pressed="false" aria-label="Filter by regular expression" title="Regular expression">.*</button>
<select id="level" aria-label="Show only lines of this level and worse">
<option value="">All levels</option>
<option value="debug">Debug and above</option>
<option value="info">Info and above</option>
<option value="warning">Warnings and errors</option>
<option value="error">Errors</option>
</select>
</span>
<span class="group wide">
<input id="find" type="search" placeholder="Find" aria-label="Find in the lines shown" spellcheck="false">
<button id="findExpression" aria-pressed="false" aria-label="Find by regular expression" title="Regular expression">.*</button>
<button id="previous" aria-label="Previous match" title="Previous match (Shift+Enter)">↑</button>
<button id="next" aria-label="Next match" title="Next match (Enter)">↓</button>
</span>
<span class="group">
<select id="time" aria-label="Times">
<option value="local">Local time</option>
<option value="utc">UTC</option>
<option value="none">No time</option>
</select>
<button id="colors" aria-pressed="true" title="Colours that the program asks for">Colours</button>
</span>
<span class="group">
<button id="pause" aria-pressed="false" title="Take no new lines; none is lost (Space on a line)">Pause</button>
<button id="follow" aria-pressed="true" title="Stay at the newest line">Follow</button>
</span>
<span class="group">
<button id="copy" title="Copy every line shown">Copy</button>
<button id="save" title="Save every line shown">Save…</button>
<button id="clear" title="Forget the lines that are here">Clear</button>
</span>
</div>
<div id="sources" class="sources" role="group" aria-label="Replicas"></div>
<div id="state" class="state" role="status"></div>
<div id="log" class="log" role="region" aria-label="Lines" tabindex="0"><div id="empty" class="empty"></div><div id="canvas" class="canvas" role="list" aria-label="Lines"></div></div>
<div id="count" class="count"></div>
<div id="said" class="unseen" role="log" aria-live="polite"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
