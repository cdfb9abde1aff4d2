/** Features that Playwright switches off; ours are added, since of two --disable-features Chrome obeys the last one only. */
const FEATURES_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  // What follows is ours: all of it would speak with its maker, or with the network past the proxy.
  'Translate',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'InterestFeedContentSuggestions',
  'OptimizationGuideModelDownloading',
  'OptimizationHintsFetching',
  'OptimizationTargetPrediction',
  'PrivacySandboxSettings4',
  'SafeBrowsingEnhancedProtection',
  'WebRtcHideLocalIpsWithMdns',
  // Each context would keep a process ready that it never uses.
  'SpareRendererForSitePerProcess',
];

/** Nothing listens on the discard port: whatever does not belong to a context with a relay of its own goes nowhere. */
const NOWHERE = 'http://127.0.0.1:9';

/**
 * Our flags, besides Playwright's: no traffic of the browser's own, web security and site isolation on.
 * `proxyPlaceholder` (default true) sends what has no proxy of its own nowhere, so that forgetting the relay shows at once.
 */
export function browserFlags(options: { proxyPlaceholder?: boolean }): string[] {
  const flags = [
    '--disable-background-networking',
    '--disable-client-side-phishing-detection',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    `--disable-features=${FEATURES_OFF.join(',')}`,
    '--disable-quic', // it would go round an HTTP proxy
    '--disable-sync',
    '--dns-prefetch-disable',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--metrics-recording-only',
    '--no-default-browser-check',
    '--no-first-run',
    '--no-pings',
    '--site-per-process',
  ];
  if (options.proxyPlaceholder !== false) flags.push(`--proxy-server=${NOWHERE}`, '--proxy-bypass-list=<-loopback>');
  return flags;
}

/** Defaults of Playwright that make a page freer than a user's browser would: a hostile page opens windows and floods without end. */
export const DEFAULTS_NOT_TAKEN = ['--disable-popup-blocking', '--disable-ipc-flooding-protection'];
