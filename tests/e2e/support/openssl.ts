// Keys as a tool of others makes them.
import { execFileSync } from "node:child_process";
import { importSPKI, type KeyLike } from "jose";

const openssl = (words: string, input = ""): Buffer => execFileSync("openssl", words.split(" "), { input, stdio: ["pipe", "pipe", "ignore"] });

export interface Pair {
  pkcs8: string;
  pkcs1: string;
  // What proves a signature.
  proof: KeyLike;
}

export async function pair(): Promise<Pair> {
  const pkcs8 = openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048").toString();
  const pkcs1 = openssl("pkey -traditional", pkcs8).toString();
  return { pkcs8, pkcs1, proof: await importSPKI(openssl("pkey -pubout", pkcs8).toString(), "RS256") };
}

export const locked = (key: string): string => openssl("pkey -aes256 -passout pass:secret", key).toString();
export const publicKey = (key: string): string => openssl("pkey -pubout", key).toString();
