// Rust: AWS's caching client. It is asynchronous and constants cannot wait, so the change is a snippet.
import { type LanguagePack, quoteDouble } from './code-change.ts';

export const RUST: LanguagePack = {
  id: 'rust',
  label: 'Rust',
  fits: ({ path }) => /\.rs$/i.test(path),
  edit: () => ({ refused: 'the client is asynchronous: read the value at start and hand it on' }),
  snippet: ({ name, jsonKey }) => ({
    fence: 'rust',
    code: `use aws_secretsmanager_caching::SecretsManagerCachingClient;
use std::{num::NonZeroUsize, time::Duration};

/// Make it once at start and share it: it keeps 1,000 secrets for five minutes.
async fn secret_cache() -> Result<SecretsManagerCachingClient, Box<dyn std::error::Error>> {
    let size = NonZeroUsize::new(1000).ok_or("size")?;
    Ok(SecretsManagerCachingClient::default(size, Duration::from_secs(300)).await?)
}

async fn read_secret(cache: &SecretsManagerCachingClient) -> Result<String, Box<dyn std::error::Error>> {
    let answer = cache.get_secret_value(${quoteDouble(name)}, None, None, false).await?;
    let text = answer.secret_string.ok_or("the secret is binary")?;
    let values: serde_json::Value = serde_json::from_str(&text)?;
    Ok(values[${quoteDouble(jsonKey)}].as_str().ok_or("the key is missing")?.to_owned())
}`,
  }),
  packages: ['cargo add aws_secretsmanager_caching serde_json'],
  notes: ['Read secrets at start, in async main, and hand them on; constants cannot hold them.'],
};
