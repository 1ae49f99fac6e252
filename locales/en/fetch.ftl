# Downloads: network, proxies, certificates, archives. Every key has its twin in the other language.
