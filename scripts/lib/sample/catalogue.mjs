/**
 * Whose images the sample shows: a shop that does not exist, its teams and their services, and the
 * registries that hold them.
 */

/** The registries, as the inventory describes them. `mirror` is the share of an image's builds that it gets copied. */
export const registries = {
  production: { RegistryType: "acr", RegionId: "cn-hangzhou", InstanceId: "cri-hz7production00a" },
  overseas: {
    RegistryType: "acr",
    RegionId: "ap-southeast-1",
    InstanceId: "cri-sg2overseas0000b",
    mirror: 0.35,
  },
  harbor: { RegistryType: "harbor", RegionId: "cn-shanghai", InstanceId: "i-uf6harbor0sample", mirror: 0.3 },
  // Quay is known by its region alone: fields that an export leaves out are part of the sample.
  quay: { RegistryType: "quay", RegionId: "eu-central-1", mirror: 0.2 },
};

/** The repositories that are built most often; the others follow in an order that has nothing to do with their names. */
export const busiestRepositories = [
  "storefront/web-ui",
  "payments/payment-api",
  "checkout/checkout-api",
  "data-platform/airflow-worker",
  "base/node",
  "identity/login",
  "base/python",
];

/**
 * The namespaces: where their images are built to (the first registry) and copied to (the others), how
 * their builds are tagged, how likely a build was scanned in November, and their repositories. `mirror`,
 * where it is given, stands in for the registries' own.
 */
export const namespaces = [
  {
    name: "base",
    registries: ["production", "overseas", "harbor", "quay"],
    tags: "release",
    scanned: 0.5,
    mirror: 0.6,
    visibility: "public",
    repositories:
      "alpine debian ubuntu distroless node python golang openjdk dotnet-runtime nginx envoy redis postgres mysql kafka busybox",
  },
  {
    name: "payments",
    registries: ["production", "overseas"],
    tags: "release",
    scanned: 0.6,
    repositories:
      "payment-api card-vault refunds settlement ledger fraud-check payout-worker invoice wallet currency-rates reconciliation",
  },
  {
    name: "storefront",
    registries: ["production", "overseas"],
    tags: "commit",
    scanned: 0.25,
    repositories:
      "web-ui web-bff product-page home-page cart-ui image-resizer seo-sitemap banner-service reviews wishlist gift-cards ab-testing",
  },
  {
    name: "checkout",
    registries: ["production", "overseas"],
    tags: "commit",
    scanned: 0.3,
    repositories:
      "checkout-api cart-service address-check delivery-options voucher tax-calculator order-preview session-store",
  },
  {
    name: "identity",
    registries: ["production", "overseas"],
    tags: "release",
    scanned: 0.55,
    repositories:
      "login oauth-server user-profile mfa session-gateway consent directory-sync audit-trail password-reset",
  },
  {
    name: "orders",
    registries: ["production"],
    tags: "release",
    scanned: 0.2,
    repositories:
      "order-api order-worker order-history returns cancellations order-events packing-slip order-search export-job",
  },
  {
    name: "warehouse",
    registries: ["production"],
    tags: "release",
    scanned: 0.1,
    repositories:
      "stock-api stock-sync picking packing barcode label-printer cycle-count forecast-job supplier-portal dock-planner",
  },
  {
    name: "shipping",
    registries: ["production"],
    tags: "release",
    scanned: 0.15,
    repositories:
      "carrier-gateway tracking route-planner customs-forms parcel-events rate-shopping pickup-points driver-app-api",
  },
  {
    name: "pricing",
    registries: ["production"],
    tags: "commit",
    scanned: 0.15,
    repositories:
      "price-api promotion-engine price-import margin-report competitor-watch rounding-rules price-cache",
  },
  {
    name: "search",
    registries: ["production", "overseas"],
    tags: "commit",
    scanned: 0.2,
    repositories:
      "search-api indexer query-rewriter synonyms autocomplete ranking crawler facet-cache relevance-lab",
  },
  {
    name: "recommendations",
    registries: ["production"],
    tags: "date",
    scanned: 0.1,
    repositories:
      "recommend-api trainer candidate-store feature-builder similar-items email-picks evaluation",
  },
  {
    name: "notifications",
    registries: ["production", "overseas"],
    tags: "release",
    scanned: 0.2,
    repositories:
      "mailer sms-gateway push-gateway template-editor preference-center webhook-sender digest-job",
  },
  {
    name: "mobile",
    registries: ["production", "overseas"],
    tags: "commit",
    scanned: 0.2,
    repositories: "mobile-bff deep-links app-config crash-intake feature-flags offline-sync store-locator",
  },
  {
    name: "gateway",
    registries: ["production", "overseas"],
    tags: "release",
    scanned: 0.4,
    repositories: "edge-proxy api-gateway rate-limiter waf-rules tls-terminator health-probe bot-filter",
  },
  {
    name: "customer-care",
    registries: ["production"],
    tags: "release",
    scanned: 0.05,
    repositories: "ticket-desk chat-server chat-bot call-notes knowledge-base agent-ui survey",
  },
  {
    name: "analytics",
    registries: ["harbor"],
    tags: "date",
    scanned: 0.1,
    repositories:
      "event-collector clickstream dashboard report-runner attribution funnel-job cohort-job metric-store notebook experiment-stats",
  },
  {
    name: "data-platform",
    registries: ["harbor"],
    tags: "date",
    scanned: 0.15,
    repositories:
      "spark-driver spark-executor flink-job airflow-worker airflow-web dbt-runner schema-registry cdc-connector lake-compactor quality-check catalog backfill",
  },
  {
    name: "ml-serving",
    registries: ["harbor", "overseas"],
    tags: "date",
    scanned: 0.1,
    repositories: "model-server embedding-api batch-scorer gpu-runtime tokenizer vector-store drift-monitor",
  },
  {
    name: "observability",
    registries: ["quay", "production"],
    tags: "release",
    scanned: 0.3,
    repositories:
      "prometheus grafana loki tempo otel-collector alertmanager log-shipper blackbox-exporter status-page",
  },
  {
    name: "infra",
    registries: ["quay"],
    tags: "release",
    scanned: 0.25,
    repositories:
      "ingress-controller cert-manager external-dns cluster-autoscaler csi-driver backup-agent node-agent secrets-sync registry-proxy image-builder terraform-runner",
  },
  {
    name: "sandbox",
    registries: ["harbor"],
    tags: "commit",
    scanned: 0,
    repositories:
      "hello-world load-generator demo-shop hackday playground training-lab spike-graphql spike-rust",
  },
].map((namespace) => ({ ...namespace, repositories: namespace.repositories.split(" ") }));
