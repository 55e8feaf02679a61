// Loaded before a server (`--import`): tells its peak, in MiB, whenever it is asked.
process.on('message', () => process.send(process.resourceUsage().maxRSS / 1_024));
process.channel?.unref();
