const credentials = /([a-z][a-z0-9+.-]*:\/\/)([^\s/?#@"'\\]*):([^\s/?#"'\\]*)@/gi;
const userOnly = /(https?:\/\/)[^\s/?#@:"'\\]+@/gi;
const parameters = /([?&](?:[\w-]*token|password|secret|key|signature)=)[^\s&#"'\\]+/gi;

/**
 * The text with the secrets of the URLs in it replaced by `***`: passwords, tokens given as an HTTP user name (as git
 * hosts take them), and query parameters named like secrets.
 */
export function redactUrl(text: string): string {
  return text.replace(credentials, '$1$2:***@').replace(userOnly, '$1***@').replace(parameters, '$1***');
}
