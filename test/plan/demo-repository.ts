// A made-up shop with leaks in many languages, and an index of names that fits some of them. Values are made from a seed
// each time, so that none is committed.
import { RandomText } from '../../src/util/random-text.ts';
import type { TestRepository } from '../support/git-repository.ts';

const random = new RandomText(20_261_124);
const text = (length: number): string => random.text('base62', length);
/** A value that is surely taken for one: letters and digits mixed. */
const value = (length: number): string => `q7${text(length - 4)}Z4`;

export const DEMO_VALUES = {
  stripe: `${'sk_'}${'live_'}${text(24)}`,
  sendgrid: `${'SG'}.${random.text('base62', 22)}.${random.text('base62', 43)}`,
  weather: value(32),
  database: value(20),
  partner: value(40),
  search: value(32),
  courier: value(36),
  loyalty: value(32),
  metrics: value(40),
  deploy: value(40),
  broker: value(24),
  grafana: value(40),
  template: value(28),
  compose: value(26),
  map: value(32),
  rust: value(32),
} as const;

const V = DEMO_VALUES;

/** Path → content. Every file is one that its own toolchain reads without complaint. */
export const DEMO_FILES: Readonly<Record<string, string>> = {
  'services/checkout/src/payment.mjs': `// Takes payments.
import { setTimeout } from 'node:timers/promises';

const config = {
  currency: 'EUR',
  stripeApiKey: '${V.stripe}',
};

export async function pay(amount) {
  await setTimeout(1);
  return { amount, key: config.stripeApiKey.length };
}
`,
  'services/checkout/src/mail.ts': `import type { Buffer } from 'node:buffer';

export type Attachment = Buffer;

export async function sendMail(to: string): Promise<string> {
  const sendgridApiKey = '${V.sendgrid}';
  return \`\${to} \${sendgridApiKey.length}\`;
}
`,
  'services/weather/app.py': `#!/usr/bin/env python3
"""Asks for the weather."""
from __future__ import annotations

import os
import sys

WEATHER_API_KEY = "${V.weather}"


def forecast(city: str) -> str:
    return f"{city} {len(WEATHER_API_KEY)} {os.name} {sys.platform}"
`,
  'services/orders/store.go': `package main

import "fmt"

const partnerApiToken = "${V.partner}"

func main() {
	fmt.Println(len(partnerApiToken))
}
`,
  'services/orders/Orders.java': `package shop.orders;

/** Orders. */
public final class Orders {
    private static final String DB_PASSWORD = "${V.database}";

    public static int size() {
        return DB_PASSWORD.length();
    }
}
`,
  'services/search/Search.kt': `package shop.search

const val SEARCH_API_KEY = "${V.search}"

fun size(): Int = SEARCH_API_KEY.length
`,
  'services/courier/Courier.cs': `namespace Shop.Courier;

public static class Courier
{
    private const string CourierApiToken = "${V.courier}";

    public static int Size() => CourierApiToken.Length;
}
`,
  'services/loyalty/loyalty.rb': `# frozen_string_literal: true

require 'json'

LOYALTY_API_KEY = '${V.loyalty}'

puts JSON.generate(size: LOYALTY_API_KEY.length)
`,
  'services/metrics/metrics.php': `<?php
declare(strict_types=1);

namespace Shop\\Metrics;

$metricsApiToken = '${V.metrics}';

echo strlen($metricsApiToken);
`,
  'scripts/deploy.sh': `#!/usr/bin/env bash
set -euo pipefail

export DEPLOY_API_TOKEN="${V.deploy}"
echo "\${#DEPLOY_API_TOKEN}"
`,
  'infra/main.tf': `terraform {
  required_version = ">= 1.11"
}

provider "grafana" {
  url  = "https://grafana.example.net"
  auth = "${V.grafana}"
}

resource "aws_db_instance" "orders" {
  identifier     = "orders-prod"
  engine         = "postgres"
  instance_class = "db.t4g.micro"
  username       = "orders"
  password       = "${V.broker}"
}
`,
  'infra/stack.yaml': `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Broker:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders-prod
      Users:
        - Username: orders
          Password: ${V.template}
`,
  'compose.yaml': `services:
  cache:
    image: redis:7
    environment:
      CACHE_PASSWORD: ${V.compose}
`,
  'services/map/map.cjs': `const MAP_API_KEY = '${V.map}';
module.exports = { size: MAP_API_KEY.length };
`,
  'services/pay/src/main.rs': `const PAY_API_KEY: &str = "${V.rust}";

fn main() {
    println!("{}", PAY_API_KEY.len());
}
`,
  '.github/CODEOWNERS': `* @shop/platform
/services/checkout/ @shop/checkout
`,
};

const entry = (name: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  ARN: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`,
  Name: name,
  CreatedDate: 1_690_000_000,
  LastChangedDate: 1_690_000_000,
  Tags: [
    { Key: 'environment', Value: name.split('/')[0] },
    { Key: 'owner', Value: 'platform' },
  ],
  ...more,
});

/** As \`aws secretsmanager list-secrets\` prints it. */
export const DEMO_NAMES = JSON.stringify({
  SecretList: [
    entry('prod/checkout/stripe-api-key', {
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/11112222-3333-4444-5555-666677778888',
    }),
    entry('staging/checkout/stripe-api-key'),
    entry('prod/checkout/sendgrid'),
    entry('prod/orders/database', {
      RotationEnabled: true,
      RotationLambdaARN: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate',
    }),
    entry('prod/search/api-key'),
    entry('prod/loyalty/api-key', { DeletedDate: 1_700_000_000 }),
    entry('rds!db-0f6c8c52-0000-4000-8000-000000000000', { OwningService: 'rds' }),
  ],
});

export function writeDemo(repository: TestRepository): void {
  for (const [path, content] of Object.entries(DEMO_FILES)) repository.write(path, content);
  repository.commitAll('First');
  // Lies beside the repository's own files, ignored, as people would keep it.
  repository.write('names.json', DEMO_NAMES);
  repository.write('.git/info/exclude', 'names.json\nout/\n');
}
