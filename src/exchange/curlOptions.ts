/**
 * curl's options as data: whether they take an argument, and their letter. Source: `curl --help all` of 7.88, and the options that
 * docs/options-in-versions adds up to 8.17. An option that shapes the request is handled in curlRequest.ts; the rest is swallowed.
 */
const WITH_ARGUMENT = `
abstract-unix-socket alt-svc aws-sigv4 cacert capath E,cert cert-type ciphers K,config connect-timeout connect-to C,continue-at
b,cookie c,cookie-jar create-file-mode crlfile curves d,data data-ascii data-binary data-raw data-urlencode delegation
dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url D,dump-header ech egd-file engine etag-compare etag-save
expect100-timeout F,form form-string ftp-account ftp-alternative-to-user ftp-method P,ftp-port ftp-ssl-ccc-mode
happy-eyeballs-timeout-ms haproxy-clientip H,header h,help hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json
keepalive-cnt keepalive-time key key-type knownhosts krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt
max-filesize max-redirs m,max-time netrc-file noproxy oauth2-bearer o,output output-dir parallel-max parallel-max-host pass
pinnedpubkey preproxy proto proto-default proto-redir x,proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers
proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers
proxy-tlsauthtype proxy-tlspassword proxy-tlsuser U,proxy-user proxy1.0 pubkey Q,quote random-file r,range rate e,referer
X,request request-target resolve retry retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5
socks5-gssapi-service socks5-hostname Y,speed-limit y,speed-time stderr t,telnet-option tftp-blksize z,time-cond tls-max
tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket T,upload-file upload-flags url url-query
u,user A,user-agent variable vlan-priority w,write-out`;

const WITHOUT_ARGUMENT = `
anyauth a,append basic ca-native cert-status compressed compressed-ssh create-dirs crlf digest q,disable disable-eprt disable-epsv
disallow-username-in-url doh-cert-status doh-insecure dump-ca-embed eprt epsv f,fail fail-early fail-with-body false-start follow
form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl ftp-ssl-ccc ftp-ssl-control ftp-ssl-reqd G,get g,globoff
haproxy-protocol I,head http0.9 0,http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length i,include
k,insecure 4,ipv4 6,ipv6 j,junk-session-cookies keepalive l,list-only L,location location-trusted mail-rcpt-allowfails M,manual
metalink mptcp negotiate n,netrc netrc-optional :,next alpn N,no-buffer buffer clobber progress-meter npn sessionid ntlm ntlm-wb
out-null Z,parallel parallel-immediate path-as-is post301 post302 post303 #,progress-bar proxy-anyauth proxy-basic proxy-ca-native
proxy-digest proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1
p,proxytunnel raw J,remote-header-name O,remote-name remote-name-all R,remote-time remove-on-error retry-all-errors
retry-connrefused sasl-ir S,show-error s,silent skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast
ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort 2,sslv2 3,sslv3 styled-output suppress-connect-headers
tcp-fastopen tcp-nodelay tftp-no-options tls-earlydata 1,tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time
B,use-ascii v,verbose V,version xattr`;

export interface CurlOption {
  readonly name: string;
  readonly takesArgument: boolean;
}

const BY_NAME = new Map<string, CurlOption>();
const BY_LETTER = new Map<string, CurlOption>();

for (const [list, takesArgument] of [
  [WITH_ARGUMENT, true],
  [WITHOUT_ARGUMENT, false],
] as const) {
  for (const entry of list.trim().split(/\s+/)) {
    const letter = entry[1] === ',' ? entry[0] : undefined;
    const option: CurlOption = { name: letter === undefined ? entry : entry.slice(2), takesArgument };
    BY_NAME.set(option.name, option);
    if (letter !== undefined) BY_LETTER.set(letter, option);
  }
}

/** The option of a letter: `-X`. */
export const optionByLetter = (letter: string): CurlOption | undefined => BY_LETTER.get(letter);

/**
 * The option of a long name without its dashes: exact, the beginning of exactly one name, `no-` before a switch, or `expand-` before
 * an option with an argument (curl 8.3). `off` is true for the `no-` form.
 */
export function optionByName(name: string): (CurlOption & { readonly off: boolean }) | undefined {
  const exact = BY_NAME.get(name);
  if (exact) return { ...exact, off: false };
  const negated = name.startsWith('no-') ? BY_NAME.get(name.slice(3)) : undefined;
  if (negated && !negated.takesArgument) return { ...negated, off: true };
  const expanded = name.startsWith('expand-') ? BY_NAME.get(name.slice(7)) : undefined;
  if (expanded?.takesArgument) return { ...expanded, off: false };
  if (name === '' || name.length > 40) return undefined;
  const begins = [...BY_NAME.values()].filter((o) => o.name.startsWith(name));
  return begins.length === 1 && begins[0] ? { ...begins[0], off: false } : undefined;
}
