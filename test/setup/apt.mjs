// Debian's packages: installed when the machine lets us, or unpacked into the cache. The system's own sources are only read.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cacheFolder, locked } from './cache.mjs';
import { run, which } from './proc.mjs';

const policyFile = '/usr/sbin/policy-rc.d';

/** Whether `apt-get install` may be used: root on a Debian-like system. */
export function canInstall() {
  return process.getuid?.() === 0 && which('apt-get') !== undefined;
}

/**
 * Installs Debian packages unless every file in `unless` is a program that is there already. Services that come with
 * them are not started. Throws a sentence that says how to get them where we may not install.
 */
export async function ensureDebian(packages, { log, unless }) {
  if (unless.every((program) => which(program))) return;
  const command = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  if (!canInstall()) throw new Error(`${unless.join(', ')} missing; get it with \`${command}\`.`);
  await locked('apt', async () => {
    if (unless.every((program) => which(program))) return;
    log(`installing ${packages.join(', ')} from Debian`);
    await withoutStartingServices(() => install(packages));
  });
  const missing = unless.filter((program) => !which(program));
  if (missing.length > 0) throw new Error(`${missing.join(', ')} is still missing after \`${command}\`.`);
}

async function install(packages) {
  const args = ['-y', '-q', '-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3'];
  const get = () =>
    run('apt-get', [...args, 'install', '--no-install-recommends', ...packages], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    await get();
  } catch {
    // The lists may be missing or older than the packages they name.
    await update();
    await get();
  }
}

async function update() {
  await retry(3, () => run('apt-get', ['-q', '-o', 'Acquire::Retries=3', 'update']));
}

async function withoutStartingServices(work) {
  const ours = !existsSync(policyFile);
  if (ours) writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    if (ours) rmSync(policyFile, { force: true });
  }
}

/**
 * Unpacks Debian packages of the first release in `releases` that has them all into the cache folder `name`; nothing is
 * installed. Answers that folder.
 */
export function unpackDebian(name, releases, packages, { log }) {
  return cached(name, async (folder) => {
    if (!which('apt-get') || !which('dpkg')) {
      throw new Error(`${packages.join(', ')} missing; they come from Debian's packages, and this is no Debian.`);
    }
    const archive = await locked('apt', debianArchive);
    const reasons = [];
    for (const release of releases) {
      log(`fetching ${packages.join(', ')} from Debian ${release}`);
      try {
        await unpackFrom(archive, release, packages, folder);
        return;
      } catch (error) {
        reasons.push(`${release}: ${error.message}`);
      }
    }
    throw new Error(`${packages.join(', ')} cannot be had from Debian.\n${reasons.join('\n')}`);
  });
}

async function unpackFrom(archive, release, packages, folder) {
  const work = join(cacheFolder(), `apt-${release}-${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  for (const part of ['lists/partial', 'cache/archives/partial', 'debs'])
    mkdirSync(join(work, part), { recursive: true });
  const sources = join(work, 'debian.sources');
  writeFileSync(
    sources,
    `Types: deb\nURIs: ${archive}\nSuites: ${release}\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`,
  );
  const options = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::Lists': join(work, 'lists'),
    'Dir::Cache': join(work, 'cache'),
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
  };
  const args = Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  try {
    await retry(2, () => run('apt-get', [...args, '-q', 'update']));
    await retry(3, () => run('apt-get', [...args, '-q', 'download', ...packages], { cwd: join(work, 'debs') }));
    for (const file of readdirSync(join(work, 'debs'))) {
      await run('dpkg', ['-x', join(work, 'debs', file), folder]);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The address this machine gets Debian from, as its own sources say. */
async function debianArchive() {
  const ask = () => run('apt-get', ['indextargets', '--format', '$(REPO_URI) $(ORIGIN)', 'Created-By: Packages']);
  let answer = await ask();
  if (!answer.stdout.includes(' Debian') && canInstall()) {
    await update();
    answer = await ask();
  }
  const found = answer.stdout.split('\n').find((line) => / Debian$/.test(line) && !/security/.test(line));
  if (!found) throw new Error("Debian's archive is not among this machine's package sources.");
  return found.split(' ')[0];
}

/** The code name of the Debian this machine runs, such as `bookworm`. */
export function debianRelease() {
  const text = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^VERSION_CODENAME=(\S+)$/m.exec(text)?.[1] ?? 'bookworm';
}

async function retry(times, work) {
  for (let left = times; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
}
