import type { Choice, KnownName } from './types.js';

// Words of the kernel and of the Engine. None of these lists is closed: they complete and explain, and nothing is found by them.

/** Capabilities that Docker gives to every container. */
const granted: readonly Choice[] = [
  { value: 'AUDIT_WRITE', doc: "Write records to the kernel's audit log." },
  { value: 'CHOWN', doc: 'Change the owner and group of any file.' },
  { value: 'DAC_OVERRIDE', doc: 'Read, write and execute files whatever their permissions say.' },
  { value: 'FOWNER', doc: 'Act as the owner of any file, as for `chmod`.' },
  { value: 'FSETID', doc: 'Keep set-user-ID and set-group-ID bits when a file changes.' },
  { value: 'KILL', doc: 'Send signals to processes of other users.' },
  { value: 'MKNOD', doc: 'Make device files.' },
  { value: 'NET_BIND_SERVICE', doc: 'Listen at ports below 1024.' },
  { value: 'NET_RAW', doc: 'Use raw sockets, as `ping` does; they can also forge packets.' },
  { value: 'SETFCAP', doc: 'Give capabilities to files.' },
  { value: 'SETGID', doc: 'Become any group, as servers do that start as root.' },
  { value: 'SETPCAP', doc: 'Pass its capabilities on to other processes, or give them up.' },
  { value: 'SETUID', doc: 'Become any user, as servers do that start as root.' },
  { value: 'SYS_CHROOT', doc: 'Use `chroot`.' },
];

const further: readonly Choice[] = [
  { value: 'NET_ADMIN', doc: 'Configure interfaces, routes and firewalls of its network, as VPNs need.' },
  { value: 'SYS_ADMIN', doc: 'Mount file systems and much else: nearly as much as root of the host.' },
  { value: 'SYS_PTRACE', doc: 'Watch and change other processes, as debuggers do.' },
  { value: 'SYS_NICE', doc: 'Raise priorities, and choose schedulers and processors.' },
  { value: 'SYS_TIME', doc: 'Set the clock of the host.' },
  { value: 'SYS_RESOURCE', doc: 'Go beyond resource limits and quotas.' },
  { value: 'SYS_MODULE', doc: 'Load and unload kernel modules.' },
  { value: 'SYS_RAWIO', doc: 'Reach hardware ports and memory directly.' },
  { value: 'SYS_BOOT', doc: 'Restart the host, and load another kernel.' },
  { value: 'SYS_PACCT', doc: 'Turn process accounting on and off.' },
  { value: 'SYS_TTY_CONFIG', doc: 'Configure terminals, and hang them up.' },
  { value: 'SYSLOG', doc: "Read and clear the kernel's messages." },
  { value: 'IPC_LOCK', doc: 'Keep memory from being swapped out, as Vault and Elasticsearch ask for.' },
  { value: 'IPC_OWNER', doc: 'Use shared memory and queues of other users.' },
  { value: 'DAC_READ_SEARCH', doc: 'Read any file and enter any folder, whatever their permissions say.' },
  { value: 'LINUX_IMMUTABLE', doc: 'Set and clear the flags that make files immutable or append-only.' },
  { value: 'LEASE', doc: 'Take leases on any file.' },
  { value: 'NET_BROADCAST', doc: 'Send broadcasts and listen to multicasts.' },
  { value: 'AUDIT_CONTROL', doc: "Configure the kernel's auditing." },
  { value: 'AUDIT_READ', doc: "Read the kernel's audit log." },
  { value: 'BLOCK_SUSPEND', doc: 'Keep the host from falling asleep.' },
  { value: 'WAKE_ALARM', doc: 'Set timers that wake the host.' },
  { value: 'MAC_ADMIN', doc: 'Change the configuration of a security module such as Smack.' },
  { value: 'MAC_OVERRIDE', doc: 'Act against the rules of a security module such as Smack.' },
  { value: 'BPF', doc: 'Load BPF programs; Linux 5.8 took it out of `SYS_ADMIN`.' },
  { value: 'PERFMON', doc: 'Observe performance with perf and BPF; Linux 5.8 took it out of `SYS_ADMIN`.' },
  { value: 'CHECKPOINT_RESTORE', doc: 'Save and restore processes, as CRIU does.' },
];

const all = { value: 'ALL', doc: 'Every capability.' };

/** What is worth adding first. */
export const capabilitiesToAdd: readonly Choice[] = [...further, all, ...granted];
/** What is there to be taken away first. */
export const capabilitiesToDrop: readonly Choice[] = [all, ...granted, ...further];

export const limitNames: readonly KnownName[] = [
  { value: 'nofile', doc: 'How many files and sockets a process may have open.' },
  { value: 'nproc', doc: 'How many processes the user may have, in all containers together.' },
  { value: 'memlock', doc: 'Bytes a process may keep from being swapped out; -1 is no limit.' },
  { value: 'core', doc: 'Largest core dump in bytes; 0 writes none.' },
  { value: 'stack', doc: 'Largest stack in bytes.' },
  { value: 'cpu', doc: 'Seconds of CPU time before the process is ended.' },
  { value: 'data', doc: 'Largest data segment in bytes.' },
  { value: 'fsize', doc: 'Largest file in bytes that a process may write.' },
  { value: 'locks', doc: 'How many file locks a process may hold; Linux no longer looks at it.' },
  { value: 'msgqueue', doc: 'Bytes of POSIX message queues the user may have.' },
  { value: 'nice', doc: 'How far a process may raise its priority: 20 minus the least nice value.' },
  { value: 'rss', doc: 'Largest memory in use; Linux no longer looks at it.' },
  { value: 'rtprio', doc: 'Highest real-time priority a process may ask for.' },
  { value: 'rttime', doc: 'Microseconds a real-time process may run without waiting for anything.' },
  { value: 'sigpending', doc: 'How many signals may wait for the processes of the user.' },
];

const onOrOff: readonly Choice[] = [
  { value: '1', doc: 'On.' },
  { value: '0', doc: 'Off.' },
];

/** Those that belong to a namespace: the Engine refuses all others. */
export const kernelParameters: readonly KnownName[] = [
  { value: 'net.core.somaxconn', doc: 'How many connections may wait to be accepted at one socket.' },
  {
    value: 'net.ipv4.ip_forward',
    doc: 'Whether packets are passed on between interfaces, as VPNs need.',
    values: onOrOff,
  },
  { value: 'net.ipv4.ip_unprivileged_port_start', doc: 'The first port that needs no root; Docker sets 0.' },
  {
    value: 'net.ipv4.ip_local_port_range',
    doc: 'First and last port of outgoing connections, such as `"10000 65000"`.',
  },
  { value: 'net.ipv4.tcp_keepalive_time', doc: 'Seconds of silence before a TCP connection is probed.' },
  { value: 'net.ipv4.tcp_keepalive_intvl', doc: 'Seconds between two probes of a silent TCP connection.' },
  { value: 'net.ipv4.tcp_keepalive_probes', doc: 'Probes without an answer before a TCP connection counts as dead.' },
  { value: 'net.ipv4.tcp_fin_timeout', doc: 'Seconds a closed TCP connection waits for the end of the other side.' },
  {
    value: 'net.ipv4.tcp_tw_reuse',
    doc: 'Whether ports of connections that just ended are used again.',
    values: onOrOff,
  },
  { value: 'net.ipv4.tcp_syncookies', doc: 'Whether SYN cookies help against floods of connections.', values: onOrOff },
  { value: 'net.ipv4.tcp_max_syn_backlog', doc: 'How many half-open TCP connections are remembered.' },
  { value: 'net.ipv4.tcp_retries2', doc: 'How often data is sent again before a TCP connection is given up.' },
  { value: 'net.ipv4.tcp_rmem', doc: 'Least, usual and largest receive buffer of a TCP connection, in bytes.' },
  { value: 'net.ipv4.tcp_wmem', doc: 'Least, usual and largest send buffer of a TCP connection, in bytes.' },
  { value: 'net.ipv4.ping_group_range', doc: 'First and last group that may ping without rights.' },
  {
    value: 'net.ipv4.conf.all.src_valid_mark',
    doc: 'Whether marks count when a source is checked, as WireGuard needs.',
    values: onOrOff,
  },
  {
    value: 'net.ipv4.conf.all.rp_filter',
    doc: 'Whether packets are dropped that came in at another interface than the way back.',
  },
  { value: 'net.ipv4.conf.all.route_localnet', doc: 'Whether `127.0.0.0/8` may be routed.', values: onOrOff },
  { value: 'net.ipv4.vs.conn_reuse_mode', doc: 'How IPVS treats a new connection from a port it knows already.' },
  { value: 'net.ipv6.conf.all.disable_ipv6', doc: 'Whether the container is without IPv6.', values: onOrOff },
  {
    value: 'net.ipv6.conf.all.forwarding',
    doc: 'Whether IPv6 packets are passed on between interfaces.',
    values: onOrOff,
  },
  { value: 'kernel.shmmax', doc: 'Largest shared memory segment in bytes.' },
  { value: 'kernel.shmall', doc: 'All shared memory together, in pages.' },
  { value: 'kernel.shmmni', doc: 'How many shared memory segments there may be.' },
  { value: 'kernel.shm_rmid_forced', doc: 'Whether segments that nobody uses are removed.', values: onOrOff },
  { value: 'kernel.sem', doc: 'Limits of semaphores: four numbers in one text.' },
  { value: 'kernel.msgmax', doc: 'Largest message of a System V queue in bytes.' },
  { value: 'kernel.msgmnb', doc: 'Largest System V queue in bytes.' },
  { value: 'kernel.msgmni', doc: 'How many System V queues there may be.' },
  { value: 'fs.mqueue.msg_max', doc: 'How many messages a POSIX queue may hold.' },
  { value: 'fs.mqueue.msgsize_max', doc: 'Largest message of a POSIX queue in bytes.' },
  { value: 'fs.mqueue.queues_max', doc: 'How many POSIX queues there may be.' },
];

export const securityOptions = {
  'no-new-privileges:true': 'Set-user-ID programs such as `sudo` gain nothing.',
  'apparmor=unconfined': 'No AppArmor profile.',
  'apparmor=docker-default': "Docker's AppArmor profile.",
  'seccomp=unconfined': 'Every system call is allowed.',
  'seccomp=builtin': "The Engine's built-in list of system calls.",
  'seccomp=': 'The list of system calls in a JSON file.',
  'label=disable': 'No SELinux confinement.',
  'label=type:': 'The SELinux type of its processes.',
  'label=level:': 'The SELinux level of its processes.',
  'label=user:': 'The SELinux user of its processes.',
  'label=role:': 'The SELinux role of its processes.',
  'systempaths=unconfined': 'All of `/proc` and `/sys` can be seen.',
} as const;

export const runtimes = {
  runc: 'The usual one.',
  nvidia: 'runc with the GPUs of NVIDIA.',
  crun: 'A small one written in C.',
  runsc: 'gVisor: a kernel in user space stands between.',
  'kata-runtime': 'Kata Containers: a small virtual machine for each.',
  'sysbox-runc': 'Containers that can hold systemd and Docker.',
  'io.containerd.runc.v2': 'runc, by the name of its shim.',
} as const;

const containerNamed = { 'container:': 'That of a container, by its name or id.' } as const;

export const ipcModes = {
  host: "The host's.",
  private: 'One of its own.',
  shareable: 'One of its own that other containers may join.',
  none: 'One of its own, without `/dev/shm`.',
  ...containerNamed,
} as const;

export const pidModes = { host: "The host's: it sees all processes.", ...containerNamed } as const;

export const networkModes = {
  bridge: "Docker's default bridge.",
  host: "The host's own network.",
  none: 'No network.',
  ...containerNamed,
} as const;

export const resolverOptions = {
  'ndots:': 'Names with fewer dots are tried in the search domains first.',
  'timeout:': 'Seconds to wait for an answer.',
  'attempts:': 'How often a server is asked.',
  rotate: 'Ask the servers in turn.',
  'use-vc': 'Ask over TCP.',
  'single-request': 'Ask for IPv4 and IPv6 addresses one after the other.',
  'no-aaaa': 'Do not ask for IPv6 addresses.',
} as const;
